import { type Line, lineText, withoutCommonIndent, withoutFirst } from './lines';
import type { Region, Variables } from './region';
import { RegionMap } from './region-map';
import {
  appliedFilesOf,
  contextNamespaceOf,
  type Heredoc,
  heredocsOf,
  namespaceFlagOf,
  patches,
  readAssignments,
  removes,
  runsShell,
  writtenFileOf,
} from './shell-command';

/**
 * Where the lines come from. In a `script`, `#` starts a comment; in a `console` it is the prompt of root; in a
 * `fence` marked as shell, people use both.
 */
export type ShellStyle = 'script' | 'fence' | 'console';

/** The manifests in the heredocs of a shell script or of a fence in prose. */
export function heredocRegions(text: string, lines: readonly Line[], style: ShellStyle): Region[] {
  return new ShellReader(text, lines, style).regions();
}

interface Found {
  readonly region: Region;
  readonly file?: string;
}

/** Goes through the lines once and remembers what earlier commands set. */
class ShellReader {
  readonly #text: string;
  readonly #lines: readonly Line[];
  readonly #style: ShellStyle;
  readonly #variables = new Map<string, string>();
  readonly #applied = new Map<string, string>();
  readonly #found: Found[] = [];
  #contextNamespace: string | undefined;
  #next = 0;

  constructor(text: string, lines: readonly Line[], style: ShellStyle) {
    this.#text = text;
    this.#lines = lines;
    this.#style = style;
  }

  regions(): Region[] {
    while (this.#next < this.#lines.length) {
      const command = this.#command();
      const heredocs = command.includes('<<') ? heredocsOf(command) : [];
      for (const heredoc of heredocs) {
        this.#body(heredoc);
      }
      this.#remember(command);
    }
    return this.#found.map(({ region, file }) => {
      const namespace = region.commandNamespace ?? (file === undefined ? undefined : this.#applied.get(file));
      return namespace === undefined ? region : { ...region, commandNamespace: namespace };
    });
  }

  /** The next command with its continuation lines, without prompts. */
  #command(): string {
    const parts = [this.#withoutPrompt(this.#next++, /^\s*(?:%|[\w.@~:-]*\$)\s+/)];
    while (continues(parts.at(-1)!) && this.#next < this.#lines.length) {
      parts.push(parts.pop()!.slice(0, -1));
      parts.push(this.#withoutPrompt(this.#next++, this.#style === 'script' ? /^/ : /^\s*>\s+/));
    }
    return parts.join(' ');
  }

  #withoutPrompt(index: number, prompt: RegExp): string {
    const line = lineText(this.#text, this.#lines[index]!);
    const root = /^\s*#\s+(?=\S)/.exec(line);
    const next = this.#lines[index + 1];
    const isRoot =
      root !== null &&
      (this.#style === 'console' ||
        (this.#style === 'fence' && next !== undefined && !/^\s*#/.test(lineText(this.#text, next))));
    return isRoot && line.includes('<<') ? line.slice(root[0].length) : line.replace(prompt, '');
  }

  #remember(command: string): void {
    if (command.includes('=')) {
      readAssignments(command, this.#variables);
    }
    this.#contextNamespace = contextNamespaceOf(command, this.#variables) ?? this.#contextNamespace;
    const namespace = namespaceFlagOf(command, this.#variables) ?? this.#contextNamespace;
    if (namespace !== undefined) {
      for (const file of appliedFilesOf(command)) {
        this.#applied.set(file, namespace);
      }
    }
  }

  #body(heredoc: Heredoc): void {
    const start = this.#next;
    const end = this.#end(heredoc, start);
    this.#next = Math.min(end + 1, this.#lines.length);
    const body = this.#lines.slice(start, end);
    const pipeline = this.#wholePipeline(heredoc.pipeline);
    const file = writtenFileOf(pipeline);
    if (removes(pipeline)) {
      return;
    }
    const nested = isScript(this.#text, body, pipeline, file)
      ? heredocRegions(this.#text, body, 'script')
      : undefined;
    if (nested) {
      this.#found.push(...nested.map((region) => ({ region })));
    } else if (holdsManifest(this.#text, body) && !/\.(?!ya?ml$|json$)\w+$/i.test(file ?? '')) {
      this.#found.push({
        region: this.#region(heredoc, pipeline, body, file !== undefined),
        ...(file !== undefined && file !== '-' && { file }),
      });
    }
  }

  /** The index of the line that ends the body; the number of lines when none does. */
  #end({ delimiter, stripsTabs }: Heredoc, start: number): number {
    const isEnd = (line: string): boolean => (stripsTabs ? line.replace(/^\t+/, '') : line) === delimiter;
    const strict = this.#find(start, (line) => isEnd(line) || isEnd(line.replace(/^> ?/, '')));
    // Prose is often indented as a whole, and then the delimiter is too.
    return strict < this.#lines.length || this.#style === 'script'
      ? strict
      : this.#find(start, (line) => line.trim() === delimiter);
  }

  #find(start: number, holds: (line: string) => boolean): number {
    for (let index = start; index < this.#lines.length; index++) {
      if (holds(lineText(this.#text, this.#lines[index]!))) {
        return index;
      }
    }
    return this.#lines.length;
  }

  /** A pipe at the end of the line goes on behind the body. */
  #wholePipeline(pipeline: string): string {
    const next = this.#lines[this.#next];
    return /\|\s*$/.test(pipeline) && next ? `${pipeline} ${lineText(this.#text, next)}` : pipeline;
  }

  #region(heredoc: Heredoc, pipeline: string, body: readonly Line[], toFile: boolean): Region {
    const lines = withoutCommonIndent(this.#text, withoutPrompts(this.#text, body, heredoc.stripsTabs));
    const { leftOut, escaped } = heredoc.quoted ? noEscapes : escapesOf(this.#text, lines);
    // What the shell leaves as it is may be filled in later, when the file that it goes to is applied.
    const isFilledIn = toFile || /\benvsubst\b/.test(pipeline);
    const variables: Variables = heredoc.quoted ? (isFilledIn ? 'envsubst' : 'none') : 'shell';
    const namespace =
      namespaceFlagOf(pipeline, this.#variables) ?? (toFile ? undefined : this.#contextNamespace);
    return {
      map: RegionMap.of(this.#text, lines, leftOut),
      variables,
      prose: false,
      isPatch: patches(pipeline),
      escaped,
      ...(namespace !== undefined && { commandNamespace: namespace }),
    };
  }
}

/** Takes the `> ` of a copied terminal off when every line has it, and the tabs that `<<-` ignores. */
function withoutPrompts(text: string, body: readonly Line[], stripsTabs: boolean): readonly Line[] {
  const prompted = body.length > 0 && body.every((line) => text.startsWith('>', line.from));
  if (!prompted && !stripsTabs) {
    return body;
  }
  const lead = prompted ? /^> ?/ : /^\t*/;
  return body.map((line) => withoutFirst(line, lead.exec(lineText(text, line))![0].length));
}

const noEscapes = { leftOut: [], escaped: [] } as const;

/** The backslashes that the shell removes, and where the characters they protect end up. */
function escapesOf(text: string, lines: readonly Line[]): { leftOut: number[]; escaped: number[] } {
  const leftOut: number[] = [];
  const escaped: number[] = [];
  let region = 0;
  for (const line of lines) {
    let removed = 0;
    const content = lineText(text, line);
    for (const { index } of content.includes('\\') ? content.matchAll(/\\[$`\\]/g) : []) {
      leftOut.push(line.from + index);
      escaped.push(region + index - removed);
      removed++;
    }
    region += line.next - line.from - removed;
  }
  return { leftOut, escaped };
}

const manifestKey =
  /^[ \t>]*(?:-[ \t]+)?["']?(?:apiVersion|kind)["']?[ \t]*:|[{,][ \t]*["'](?:apiVersion|kind)["'][ \t]*:/;

/** What a line of YAML may start with: a key, an item, a bracket, or something filled in. */
const yamlStart = /^[ \t>]*(?:["']?[A-Za-z_][\w.$/{}-]*["']?[ \t]*(?::(?:\s|$)|$)|-\s|[{[$`%&]|<[a-z])/;

/** Whether a body names a kind and does not start like something else, such as a difference of two files. */
function holdsManifest(text: string, body: readonly Line[]): boolean {
  const lines = body.map((line) => lineText(text, line));
  const first = lines.find((line) => !/^[ \t>]*(?:#.*|---.*)?$/.test(line));
  return first !== undefined && yamlStart.test(first) && lines.some((line) => manifestKey.test(line));
}

/** Whether a body is itself a script, which may hold heredocs of its own. */
function isScript(text: string, body: readonly Line[], pipeline: string, file: string | undefined): boolean {
  const first = body.map((line) => lineText(text, line)).find((line) => line.trim() !== '');
  return /\.(?:ba)?sh$/.test(file ?? '') || (first?.startsWith('#!') ?? false) || runsShell(pipeline);
}

/** Whether a command line ends with a backslash that is not itself escaped. */
function continues(command: string): boolean {
  return command.endsWith('\\') && /\\*$/.exec(command.slice(-64))![0].length % 2 === 1;
}
