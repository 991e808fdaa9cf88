import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { UsageError } from './usage';

/** A file read from disk. `name` is what output calls it. */
export interface InputFile {
  readonly name: string;
  readonly text: string;
}

/** One PATH of the command line: a scope of its own. */
export interface Input {
  /** Names of {@link files} are shown relative to the current folder; scopes are decided relative to this one. */
  readonly root: string;
  readonly files: readonly InputFile[];
}

const endings = /\.(?:ya?ml|json|md|markdown|sh|bash)$/i;
const ignored = new Set(['node_modules', '.git', '.hg', '.svn', 'vendor', '.terraform', 'dist']);

export async function readInputs(paths: readonly string[]): Promise<Input[]> {
  const inputs: Input[] = [];
  for (const path of paths.length > 0 ? paths : ['.']) {
    inputs.push(
      path === '-' ? { root: '.', files: [{ name: 'stdin.yaml', text: await readStdin() }] } : readPath(path),
    );
  }
  return inputs;
}

export async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readPath(path: string): Input {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (error) {
    throw new UsageError(`cannot read "${path}": ${reason(error)}`);
  }
  if (!isFolder) {
    return { root: resolve(path, '..'), files: [readText(path)] };
  }
  return { root: resolve(path), files: [...filesBelow(path)].sort().flatMap((file) => readIfThere(file)) };
}

function* filesBelow(folder: string): Iterable<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      if (!ignored.has(entry.name)) {
        yield* filesBelow(join(folder, entry.name));
      }
    } else if (entry.isFile() && (endings.test(entry.name) || entry.name === 'Kustomization')) {
      yield join(folder, entry.name);
    }
  }
}

function readText(path: string): InputFile {
  try {
    return { name: shown(path), text: readFileSync(path, 'utf8') };
  } catch (error) {
    throw new UsageError(`cannot read "${path}": ${reason(error)}`);
  }
}

/** A file that vanished since its folder was listed is no reason to stop. */
function readIfThere(path: string): InputFile[] {
  try {
    return [{ name: shown(path), text: readFileSync(path, 'utf8') }];
  } catch (error) {
    process.stderr.write(`istio-egress: skipped "${path}": ${reason(error)}\n`);
    return [];
  }
}

/** Relative to the current folder, with forward slashes on every system. */
function shown(path: string): string {
  const found = relative(process.cwd(), resolve(path));
  const short =
    found === '' ? basename(path) : found.startsWith('..') || isAbsolute(found) ? resolve(path) : found;
  return short.split(sep).join('/');
}

function reason(error: unknown): string {
  const code = (error as { code?: string } | undefined)?.code;
  switch (code) {
    case 'ENOENT':
      return 'there is no such file or folder';
    case 'EACCES':
      return 'it may not be read';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
