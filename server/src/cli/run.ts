import { printableLine } from '../engine/text/printable';
import { audit } from './audit';
import { batch } from './batch';
import { check } from './check';
import { generate } from './generate';
import { graph } from './graph';
import { trace } from './trace';
import { commandUsage, InputError, UsageError, usage } from './usage';
import { version } from './version';

type Command = (args: readonly string[]) => Promise<number>;

const commands: { readonly [name: string]: Command } = { check, trace, audit, generate, graph, batch, lsp };

/** Runs one command and returns its exit status. */
export async function run(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(usage);
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-v') {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    process.stderr.write(`istio-egress: there is no command "${printableLine(name)}"\n\n${usage}`);
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(commandUsage[name] ?? usage);
    return 0;
  }
  try {
    return await command(rest);
  } catch (error) {
    if (error instanceof InputError) {
      process.stderr.write(`istio-egress ${name}: ${printableLine(error.message)}\n`);
      return 2;
    }
    if (isWrongUse(error)) {
      process.stderr.write(
        `istio-egress ${name}: ${printableLine(error.message)}\n${commandUsage[name] ?? ''}`,
      );
      return 2;
    }
    throw error;
  }
}

/** The language server is loaded only when asked for: the other commands start faster without it. */
async function lsp(args: readonly string[]): Promise<number> {
  if (!args.includes('--stdio')) {
    throw new UsageError('the language server speaks over standard input and output: add --stdio');
  }
  const { startStdio } = await import('../lsp/start');
  return startStdio();
}

function isWrongUse(error: unknown): error is Error {
  const code = (error as { code?: unknown } | undefined)?.code;
  return error instanceof UsageError || (typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS'));
}
