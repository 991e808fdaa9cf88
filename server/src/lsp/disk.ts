import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import picomatch from 'picomatch';

const endings = /\.(?:ya?ml|json|md|markdown|sh|bash)$/i;
/** Folders no one keeps manifests of their own in. */
const alwaysIgnored = new Set(['node_modules', '.git', '.hg', '.svn', '.vscode-test', '.terraform']);

/** Whether the server would read the file at all. */
export function isOfInterest(path: string): boolean {
  return endings.test(path) || path.endsWith('/Kustomization');
}

/** Paths below `root` that may hold manifests, relative to it. A folder that cannot be listed is passed over. */
export function* listFiles(root: string, excluded: readonly string[], prefix = ''): Iterable<string> {
  const hidden = excluded.length > 0 ? picomatch([...excluded], { dot: true }) : () => false;
  yield* listBelow(root, prefix, hidden);
}

function* listBelow(root: string, prefix: string, hidden: (path: string) => boolean): Iterable<string> {
  let entries: ReturnType<typeof readFolder>;
  try {
    entries = readFolder(join(root, prefix));
  } catch {
    return;
  }
  for (const entry of entries) {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (hidden(path)) {
      continue;
    }
    if (entry.isDirectory()) {
      if (!alwaysIgnored.has(entry.name)) {
        yield* listBelow(root, path, hidden);
      }
    } else if (entry.isFile() && isOfInterest(`/${path}`)) {
      yield path;
    }
  }
}

/** Why a folder cannot be listed, for people. Nothing when it can. */
export function troubleWithFolder(path: string): string | undefined {
  try {
    readdirSync(path);
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? 'there is no such folder' : String(error);
  }
}

function readFolder(path: string) {
  return readdirSync(path, { withFileTypes: true });
}

/** The text of a file, or nothing when it is gone, unreadable or far beyond any limit. */
export function readText(path: string): string | undefined {
  try {
    return statSync(path).size > maxBytes ? '\0' : readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

export function isOnDisk(uri: string): boolean {
  const path = pathOfUri(uri);
  return path !== undefined && existsSync(path);
}

/** A larger file is not even loaded; a NUL stands for it, so it is skipped as no text of ours. */
const maxBytes = 64_000_000;

export function pathOfUri(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}

/** As editors write it: every sign that could mean something is encoded, and a drive is a small letter. */
export function uriOfPath(path: string): string {
  const { host, pathname } = pathToFileURL(path);
  const plain = decodeURIComponent(pathname).replace(/^\/[A-Z]:/, (drive) => drive.toLowerCase());
  return `file://${host}${plain.split('/').map(encoded).join('/')}`;
}

function encoded(step: string): string {
  return encodeURIComponent(step).replace(
    /[!'()*]/g,
    (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
