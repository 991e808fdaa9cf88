import { spawn } from 'node:child_process';
import { inProject } from '../lib/project.mjs';
import { blinded, blindId } from './corpus.mjs';

/** What the built command line answers to cases, by their real names. */
export async function ask(cases, { args = [], calls = true } = {}) {
  const lines = blinded(cases, { calls }).map((it) => JSON.stringify(it));
  const answers = new Map((await batch(lines, args)).map((it) => [it.id, it]));
  return new Map(cases.map(({ id }) => [id, answers.get(blindId(id))]));
}

/** Results of `batch` in the order of its input. */
export async function batch(lines, args) {
  const child = spawn(process.execPath, [inProject('dist', 'cli.cjs'), 'batch', ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  const ended = new Promise((resolve) => void child.once('close', resolve));
  child.stdin.end(lines.map((line) => `${line}\n`).join(''));
  const status = await ended;
  if (status !== 0) {
    throw new Error(`istio-egress batch ended with ${status}`);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
