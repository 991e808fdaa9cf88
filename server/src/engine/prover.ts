import type { Diagnostic, FileFix } from './diagnostic';
import {
  type Fate,
  fateOf,
  isStillRight,
  type KnownRequest,
  knownRequests,
  speaksOtherwise,
} from './intent/known-requests';
import type { Finding, Layer } from './model/finding';
import { applyEdits } from './text/edit';
import type { View } from './workspace/view';
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
 * Tries fixes out on a copy of their scope before they are offered. One after which the finding is still there, a
 * document is refused that was not, or a request goes elsewhere that went as configured, is none. One that brings
 * something else to light is offered, but nobody is urged to take it.
 */
export class Prover {
  readonly #engine: Provable;
  readonly #texts: ReadonlyMap<string, string>;
  #copy: { readonly engine: Provable; readonly before: Findings; readonly requests: Requests } | undefined;

  /** `copyOf` makes an engine without files and with the settings of `engine`. */
  constructor(engine: Provable, uri: string, copyOf: () => Provable) {
    this.#engine = engine;
    this.#texts = textsBeside(engine, uri);
    const size = [...this.#texts.values()].reduce((sum, text) => sum + text.length, 0);
    if (size <= mostText) {
      const copy = copyOf();
      copy.change([...this.#texts].map(([uri, text]) => this.#file(uri, text)));
      this.#copy = { engine: copy, before: this.#findings(copy), requests: new Requests(this.#scopes(copy)) };
    }
  }

  /** The fixes of a finding that do what they say, the best first; at most one of them is preferred. */
  fixes(finding: Finding): readonly FileFix[] {
    const fixes = this.#engine.fixes(finding);
    const tried = fixes.flatMap((fix) => this.#tried(fix, finding) ?? []);
    const fewest = Math.min(...tried.map((it) => (it.fix.preferred ? it.faulty : Number.POSITIVE_INFINITY)));
    const best = tried.find(({ fix, faulty }) => fix.preferred && faulty === fewest)?.fix;
    const others = tried.filter(({ fix }) => fix !== best);
    return [...(best ? [best] : []), ...others.map(({ fix }) => ({ ...fix, preferred: false }))];
  }

  #tried(fix: FileFix, finding: Finding): Tried | undefined {
    const uris = [...fix.edits.keys()];
    if (!this.#copy || !uris.every((uri) => this.#texts.has(uri))) {
      return { fix, faulty: 0 };
    }
    const { engine, before, requests } = this.#copy;
    if (before.count(same(finding)) === 0) {
      // It rests on what a half-typed document said before, which the copy cannot know.
      return { fix, faulty: 0 };
    }
    engine.change(uris.map((uri) => this.#file(uri, applyEdits(this.#texts.get(uri)!, fix.edits.get(uri)!))));
    const after = this.#findings(engine);
    const isRefused = finding.severity === 'error' && ownLayers.has(finding.layer);
    const fates = requests.under(this.#scopes(engine), { mayTurn: isRefused });
    engine.change(uris.map((uri) => this.#file(uri, this.#texts.get(uri)!)));
    const isMended = after.count(same(finding)) < before.count(same(finding));
    const mostRefused = before.refused - (isRefused ? 1 : 0);
    if (!isMended || after.refused > mostRefused || fates.isWorse) {
      return undefined;
    }
    const { faulty } = fates;
    return { fix: after.isWithin(before) ? fix : { ...fix, preferred: false, safe: false }, faulty };
  }

  #file(uri: string, text: string): FileChange {
    const path = this.#engine.workspace.pathOf(uri) ?? uri;
    const languageId = this.#engine.workspace.languageOf(uri);
    return { uri, path, text, ...(languageId !== undefined && { languageId }) };
  }

  #findings(engine: Provable): Findings {
    return new Findings([...this.#texts.keys()].flatMap((uri) => engine.diagnostics(uri)));
  }

  /** By what tells them apart before and after a change. */
  #scopes({ workspace }: Provable): ReadonlyMap<string, View> {
    const scopes = [...this.#texts.keys()].flatMap((uri) => workspace.scopesOf(uri));
    return new Map(scopes.map(({ plan, scope }) => [plan.id, scope]));
  }
}

/** A fix, and how many requests are still at fault after it. */
interface Tried {
  readonly fix: FileFix;
  readonly faulty: number;
}

function textsBeside(engine: Provable, uri: string): ReadonlyMap<string, string> {
  const scopes = new Set(engine.workspace.scopesOf(uri));
  const beside = [...engine.workspace.uris()].filter((it) =>
    engine.workspace.scopesOf(it).some((one) => scopes.has(one)),
  );
  return new Map([...new Set([uri, ...beside])].map((it) => [it, engine.workspace.file(it)?.text ?? '']));
}

/** What happens to the requests the files make people expect. */
class Requests {
  readonly #before: readonly {
    readonly scope: string;
    readonly request: KnownRequest;
    readonly fate: Fate;
  }[];

  constructor(scopes: ReadonlyMap<string, View>) {
    this.#before = [...scopes].flatMap(([scope, view]) =>
      knownRequests(view).map((request) => ({ scope, request, fate: fateOf(view, request) })),
    );
  }

  /** `mayTurn`: a document that the cluster refused counts again, and was written to change something. */
  under(scopes: ReadonlyMap<string, View>, { mayTurn }: { readonly mayTurn: boolean }): Change {
    let faulty = 0;
    for (const { scope, request, fate } of this.#before) {
      const view = scopes.get(scope);
      const now = view ? fateOf(view, request) : fate;
      faulty += now.isFaulty ? 1 : 0;
      const isLost = !fate.isFaulty && !(isStillRight(fate, now) || (mayTurn && !now.isFaulty));
      if (isLost && !(view && speaksOtherwise(view, request))) {
        return { isWorse: true, faulty };
      }
    }
    return { isWorse: false, faulty };
  }
}

interface Change {
  /** Whether a request that went as configured ends elsewhere now. */
  readonly isWorse: boolean;
  readonly faulty: number;
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
