import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { splitFiles } from './markers';

/** One case of an assist fixture. */
export interface AssistCase {
  readonly title: string;
  /** From its `#= ` line to the next one, as written. */
  readonly source: string;
  /** What the text after `#> ` or `#? ` on the first line says: a new name, a query. */
  readonly input: string;
  /** The files of the workspace: those in front of the first case, and the case's own. */
  readonly files: ReadonlyMap<string, string>;
  /** The case's own files and its `#+ ` sections, as written. */
  readonly own: ReadonlyMap<string, string>;
  readonly accepted: ReadonlyMap<string, string>;
}

export interface AssistFixture {
  readonly path: string;
  /** What stands in front of the first case. */
  readonly head: string;
  readonly cases: readonly AssistCase[];
}

/**
 * Reads a fixture of many cases. Each starts with `#= its title`; what stands in front of the first one are files
 * that all cases share. `#+ label` starts the text that the subject becomes when `label` is accepted.
 */
export function* assistFixtures(root: string): Iterable<AssistFixture> {
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
    if (name.endsWith('.yaml')) {
      const path = join(root, name);
      const parts = readFileSync(path, 'utf8').split(/(?<=^|\n)(?=#= )/);
      const head = parts[0]!.startsWith('#= ') ? '' : parts.shift()!;
      yield { path, head, cases: parts.map((source) => readCase(head, source)) };
    }
  }
}

function readCase(head: string, source: string): AssistCase {
  const [first, rest = ''] = split(source);
  const input = /^#[>?] ?(?<input>.*)\n/.exec(rest);
  const [files = '', ...accepted] = rest.slice(input?.[0].length ?? 0).split(/(?<=\n)(?=#\+ )/);
  const own = splitFiles(files);
  return {
    title: first.slice('#= '.length).trim(),
    source,
    input: input?.groups?.input ?? '',
    files: new Map([...splitFiles(head), ...own]),
    own,
    accepted: new Map(
      accepted.map((it) => {
        const [line, text = ''] = split(it);
        return [line.slice('#+ '.length).trim(), text];
      }),
    ),
  };
}

function split(text: string): [first: string, rest: string] {
  const end = text.indexOf('\n') + 1;
  return [text.slice(0, end), text.slice(end)];
}

/** Writes a case as it would have to be written to pass. */
export function writeCase(
  { title, input, own, source }: AssistCase,
  files: ReadonlyMap<string, string>,
  accepted: ReadonlyMap<string, string>,
): string {
  const directive = /^#= .*\n(?<sign>#[>?])/.exec(source)?.groups?.sign;
  const named = [...own.keys()].length > 1 || source.includes('\n#- ');
  return [
    `#= ${title}\n`,
    directive === undefined ? '' : `${directive} ${input}\n`,
    ...[...files].map(([path, text]) => `${named ? `#- ${path}\n` : ''}${text}`),
    ...[...accepted].map(([label, text]) => `#+ ${label}\n${text}`),
  ].join('');
}
