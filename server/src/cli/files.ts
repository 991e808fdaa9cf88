import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { printableLine } from '../engine/text/printable';
import { defaultSettings } from '../engine/workspace/settings';
import { InputError } from './usage';

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
    inputs.push(path === '-' ? await readStandardInput() : readPath(path));
  }
  return inputs;
}

async function readStandardInput(): Promise<Input> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  const trouble = troubleWith(text);
  if (trouble) {
    throw new InputError(`cannot read standard input: ${trouble}`);
  }
  return { root: '.', files: [{ name: 'stdin.yaml', text }] };
}

/** A file somebody names has to be readable; of a folder, what is not is left out with a word. */
function readPath(path: string): Input {
  const isFolder = attempt(path, () => statSync(path).isDirectory());
  if (isFolder.trouble !== undefined) {
    throw new InputError(isFolder.trouble);
  }
  if (isFolder.value) {
    return { root: resolve(path), files: [...filesBelow(path)].sort().flatMap(readIfThere) };
  }
  const { value, trouble } = attempt(path, () => readText(path));
  if (trouble !== undefined) {
    throw new InputError(trouble);
  }
  return { root: resolve(path, '..'), files: [{ name: shown(path), text: value }] };
}

function* filesBelow(folder: string): Iterable<string> {
  const { value, trouble } = attempt(folder, () => readdirSync(folder, { withFileTypes: true }));
  if (trouble !== undefined) {
    skip(trouble);
    return;
  }
  for (const entry of value) {
    if (entry.isDirectory()) {
      if (!ignored.has(entry.name)) {
        yield* filesBelow(join(folder, entry.name));
      }
    } else if (entry.isFile() && (endings.test(entry.name) || entry.name === 'Kustomization')) {
      yield join(folder, entry.name);
    }
  }
}

function readIfThere(path: string): InputFile[] {
  const { value, trouble } = attempt(path, () => readText(path));
  if (trouble !== undefined) {
    skip(trouble);
    return [];
  }
  return [{ name: shown(path), text: value }];
}

function skip(trouble: string): void {
  process.stderr.write(`istio-egress: skipped: ${printableLine(trouble)}\n`);
}

/** The text of a file. What nobody could check is an error that says so. */
function readText(path: string): string {
  // A character has four bytes at most, so this one cannot be small enough: it is not even loaded.
  const text = statSync(path).size > 4 * maxLength ? undefined : readFileSync(path, 'utf8');
  const trouble = text === undefined ? tooLarge : troubleWith(text);
  if (text === undefined || trouble !== undefined) {
    throw new Error(trouble);
  }
  return text;
}

const { maxLength } = defaultSettings;
const tooLarge = `it is larger than ${maxLength / 1_000_000} MB`;

function troubleWith(text: string): string | undefined {
  if (text.length > maxLength) {
    return tooLarge;
  }
  return text.slice(0, 8192).includes('\0') ? 'it is not text' : undefined;
}

type Attempt<T> =
  | { readonly value: T; readonly trouble?: undefined }
  | { readonly value?: undefined; readonly trouble: string };

/** Files may vanish and be forbidden at any moment, also since their folder was listed. */
function attempt<T>(path: string, read: () => T): Attempt<T> {
  try {
    return { value: read() };
  } catch (error) {
    return { trouble: `cannot read "${path}": ${reason(error)}` };
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
