import type { Connection, Diagnostic as LspDiagnostic } from 'vscode-languageserver';
import { type PositionsOf, toDiagnostic } from './convert';
import type { Project } from './project';

/** So many documents that were never checked are, before anything is sent; the others follow a little later. */
const checkedAtOnce = 200;

/** Sends diagnostics of the files an edit could have affected, and only those that came out different. */
export class Publisher {
  readonly #connection: Connection;
  readonly #positionsOf: PositionsOf;
  readonly #versionOf: (uri: string) => number | undefined;
  readonly #isLeftToOthers: (uri: string, code: string) => boolean;
  readonly #sent = new Map<string, string>();
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
    const mayCheck = (): boolean => left-- > 0;
    for (const uri of touched) {
      this.#send(uri, isWanted(uri) ? this.#diagnostics(project, uri, mayCheck) : []);
    }
    if (touched.length > 0) {
      this.onTouched.forEach((tell) => void tell());
    }
  }

  /** What people look at, and of that what is soon done. */
  #mostWantedFirst({ engine }: Project, uris: readonly string[]): readonly string[] {
    const open = uris.filter((uri) => this.#versionOf(uri) !== undefined);
    const size = (uri: string): number => engine.file(uri)?.entries.length ?? 0;
    const isOpen = new Set(open);
    return [...open.sort((a, b) => size(a) - size(b)), ...uris.filter((uri) => !isOpen.has(uri))];
  }

  clear(uri: string): void {
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

const openDocument = 'sent for an open document';
