import { spawn } from 'node:child_process';
import path from 'node:path';
import { project } from './project.mjs';

const windows = process.platform === 'win32';

/**
 * Runs a command in the project and resolves with its exit code and what it wrote.
 *
 * `show` sends the output straight to the terminal instead.
 */
export function run(command, args, { cwd = project, env = {}, show = false, timeout } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
      // npm is a .cmd file on Windows, and those need a shell.
      shell: windows && !path.isAbsolute(command),
      timeout,
    });
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.once('error', (error) =>
      resolve({ code: 127, output: `"${command}" cannot be started: ${error.message}` }),
    );
    child.once('close', (code, signal) =>
      resolve({ code: code ?? 1, output: signal ? `${output}\nended by ${signal}` : output }),
    );
  });
}

/** Runs a command that the rest depends on: anything but success is an error with the command's last words. */
export async function must(command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code !== 0) {
    const words = output.trim().split('\n').slice(-15).join('\n');
    throw new Error(`"${[command, ...args].join(' ')}" ended with ${code}${words ? `:\n${words}` : ''}`);
  }
  return output;
}

export const node = (script, args = [], options = {}) => run(process.execPath, [script, ...args], options);
