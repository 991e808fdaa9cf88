import type { Diagnostic, FileFix } from './diagnostic';
import type { Finding, Layer } from './model/finding';
import { applyEdits } from './text/edit';
import type { FileChange, Workspace } from './workspace/workspace';

/** What an engine has to offer for that. */
export interface Provable {
  readonly workspace: Workspace;
  change(changes: readonly FileChange[]): void;
  diagnostics(uri: string): readonly Diagnostic[];
  fixes(finding: Finding): readonly FileFix[];
}

/** A scope with more characters is not read again for every light bulb. */
const mostText = 150_000;

/**
 * Tries fixes out on a copy of their scope before they are offered. One after which the finding is still there, or a
 * document is refused that was not, is none. One that brings something else to light is offered, but nobody is urged
 * to take it.
 */
export class Prover {
  readonly #engine: Provable;
  readonly #texts: ReadonlyMap<string, string>;
  #copy: { readonly engine: Provable; readonly before: Findings } | undefined;

  /** `copyOf` makes an engine without files and with the settings of `engine`. */
  constructor(engine: Provable, uri: string, copyOf: () => Provable) {
    this.#engine = engine;
    this.#texts = textsBeside(engine, uri);
    const size = [...this.#texts.values()].reduce((sum, text) => sum + text.length, 0);
    if (size <= mostText) {
      const copy = copyOf();
      copy.change([...this.#texts].map(([uri, text]) => this.#file(uri, text)));
      this.#copy = { engine: copy, before: this.#findings(copy) };
    }
  }

  /** The fixes of a finding that do what they say, the best first. */
  fixes(finding: Finding): readonly FileFix[] {
    const fixes = this.#engine.fixes(finding);
    const tried = fixes.flatMap((fix) => this.#tried(fix, finding) ?? []);
    return [...tried.filter((it) => it.preferred), ...tried.filter((it) => !it.preferred)];
  }

  #tried(fix: FileFix, finding: Finding): FileFix | undefined {
    const uris = [...fix.edits.keys()];
    if (!this.#copy || !uris.every((uri) => this.#texts.has(uri))) {
      return fix;
    }
    const { engine, before } = this.#copy;
    if (before.count(same(finding)) === 0) {
      // It rests on what a half-typed document said before, which the copy cannot know.
      return fix;
    }
    engine.change(uris.map((uri) => this.#file(uri, applyEdits(this.#texts.get(uri)!, fix.edits.get(uri)!))));
    const after = this.#findings(engine);
    engine.change(uris.map((uri) => this.#file(uri, this.#texts.get(uri)!)));
    if (after.count(same(finding)) >= before.count(same(finding)) || after.refused > before.refused) {
      return undefined;
    }
    return after.isWithin(before) ? fix : { ...fix, preferred: false, safe: false };
  }

  #file(uri: string, text: string): FileChange {
    const path = this.#engine.workspace.pathOf(uri) ?? uri;
    const languageId = this.#engine.workspace.languageOf(uri);
    return { uri, path, text, ...(languageId !== undefined && { languageId }) };
  }

  #findings(engine: Provable): Findings {
    return new Findings([...this.#texts.keys()].flatMap((uri) => engine.diagnostics(uri)));
  }
}

function textsBeside(engine: Provable, uri: string): ReadonlyMap<string, string> {
  const scopes = new Set(engine.workspace.scopesOf(uri));
  const beside = [...engine.workspace.uris()].filter((it) =>
    engine.workspace.scopesOf(it).some((one) => scopes.has(one)),
  );
  return new Map([...new Set([uri, ...beside])].map((it) => [it, engine.workspace.file(it)?.text ?? '']));
}

/** What is wrong, counted. */
class Findings {
  readonly #counts = new Map<string, number>();
  readonly #places = new Map<string, number>();
  readonly refused: number;

  constructor(diagnostics: readonly Diagnostic[]) {
    const wrong = diagnostics.filter((it) => it.severity === 'error' || it.severity === 'warning');
    for (const it of diagnostics) {
      count(this.#counts, same(it));
    }
    for (const it of wrong) {
      count(this.#places, kindOf(it));
    }
    this.refused = wrong.filter((it) => it.severity === 'error' && ownLayers.has(it.layer)).length;
  }

  count(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  isWithin(other: Findings): boolean {
    return [...this.#places].every(([key, number]) => number <= (other.#places.get(key) ?? 0));
  }
}

const ownLayers: ReadonlySet<Layer> = new Set<Layer>(['yaml', 'schema', 'istiod']);

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

type Told = Pick<Diagnostic, 'code' | 'message' | 'subject'>;

function kindOf({ code, subject }: Told): string {
  return [code, subject?.kind, subject?.namespace, subject?.name].join(' ');
}

/** Without the name of the object, which a fix may change. */
function same({ code, message }: Told): string {
  return `${code} ${message}`;
}
