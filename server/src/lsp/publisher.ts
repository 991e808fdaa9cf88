import type { Connection, Diagnostic as LspDiagnostic } from 'vscode-languageserver';
import { type PositionsOf, toDiagnostic } from './convert';
import type { Project } from './project';

/** So many documents are checked for the first time before anything is sent; the others follow a little later. */
const checkedAtOnce = 200;

/** Sends diagnostics of the files an edit could have affected, and only those that came out different. */
export class Publisher {
  readonly #connection: Connection;
  readonly #positionsOf: PositionsOf;
  readonly #versionOf: (uri: string) => number | undefined;
  readonly #isLeftToOthers: (uri: string, code: string) => boolean;
  readonly #sent = new Map<string, string>();
  /** Files that something was sent for, if only that nothing is wrong. */
  readonly #known = new Set<string>();
  /** A `file:` URI of the folder of rule pages, with a slash at its end. */
  pages: string | undefined;
  /** Told after answers about some files may have become others. */
  readonly onTouched: (() => void)[] = [];

  constructor(
    connection: Connection,
    positionsOf: PositionsOf,
    versionOf: (uri: string) => number | undefined,
    isLeftToOthers: (uri: string, code: string) => boolean,
  ) {
    this.#connection = connection;
    this.#positionsOf = positionsOf;
    this.#versionOf = versionOf;
    this.#isLeftToOthers = isLeftToOthers;
  }

  publish(project: Project, isWanted: (uri: string) => boolean): void {
    const touched = this.#mostWantedFirst(project, project.engine.takeTouched());
    let left = checkedAtOnce;
    for (const uri of touched) {
      const isNow = this.#isCheckedNow(project, uri, left);
      const mayCheck = (): boolean => isNow && left-- > 0;
      this.#send(uri, isWanted(uri) ? this.#diagnostics(project, uri, mayCheck) : []);
      this.#known.add(uri);
    }
    if (touched.length > 0) {
      this.onTouched.forEach((tell) => void tell());
    }
  }

  /**
   * Whether a file's documents are checked before anything is sent: when all of them can be, or when most have been. The
   * first check of any document costs the tables of the whole scope.
   */
  #isCheckedNow({ engine }: Project, uri: string, left: number): boolean {
    return sizeOf(engine, uri) <= left || (this.#known.has(uri) && engine.backlog !== 'documents');
  }

  /** What people look at, and of that what is soon done. */
  #mostWantedFirst({ engine }: Project, uris: readonly string[]): readonly string[] {
    const open = uris.filter((uri) => this.#versionOf(uri) !== undefined);
    const isOpen = new Set(open);
    const bySize = open.sort((a, b) => sizeOf(engine, a) - sizeOf(engine, b));
    return [...bySize, ...uris.filter((uri) => !isOpen.has(uri))];
  }

  clear(uri: string): void {
    this.#known.delete(uri);
    this.#send(uri, []);
  }

  #diagnostics(project: Project, uri: string, mayCheck: () => boolean): LspDiagnostic[] {
    return project.engine
      .diagnostics(uri, mayCheck)
      .filter((it) => !this.#isLeftToOthers(uri, it.code))
      .map((it) => toDiagnostic(uri, it, this.#positionsOf, (code) => this.page(code)));
  }

  page(code: string): string | undefined {
    return this.pages === undefined ? undefined : `${this.pages}${code}.md`;
  }

  #send(uri: string, diagnostics: LspDiagnostic[]): void {
    const version = this.#versionOf(uri);
    // An open document gets an answer for every version, so that the editor knows it is up to date; there is
    // nothing to compare, and thousands of findings would be written out only for that.
    const text = version === undefined ? JSON.stringify(diagnostics) : openDocument;
    if (version === undefined && text === (this.#sent.get(uri) ?? '[]')) {
      return;
    }
    if (text === '[]') {
      this.#sent.delete(uri);
    } else {
      this.#sent.set(uri, text);
    }
    void this.#connection.sendDiagnostics({ uri, diagnostics, ...(version !== undefined && { version }) });
  }
}

function sizeOf(engine: Project['engine'], uri: string): number {
  return engine.file(uri)?.entries.length ?? 0;
}

const openDocument = 'sent for an open document';
