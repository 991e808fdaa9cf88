import type { Diagnostic, FileFix } from './diagnostic';
import type { Finding, Layer } from './model/finding';
import { isOfUnroutedPort } from './route-fixes';
import { applyEdits } from './text/edit';
import { changeOf, disturbs, Requests, type Turning } from './watched-requests';
import type { View } from './workspace/view';
import type { FileChange, Workspace } from './workspace/workspace';

/** What an engine has to offer for that. */
export interface Provable {
  readonly workspace: Workspace;
  change(changes: readonly FileChange[]): void;
  diagnostics(uri: string): readonly Diagnostic[];
  fixes(finding: Finding): readonly FileFix[];
  routeFixes(finding: Finding): readonly FileFix[];
}

/** A scope with more characters is not read again for every light bulb. */
const mostText = 150_000;

/**
 * Tries fixes out on a copy of their scope before they are offered. One after which the finding is still there, a
 * document is refused that was not, or a request goes elsewhere that went as configured, is none. One that brings
 * something else to light is offered, but nobody is urged to take it. One that changes what becomes of requests nobody
 * expects is offered at most beside one that does not.
 */
export class Prover {
  readonly #engine: Provable;
  readonly #texts: ReadonlyMap<string, string>;
  readonly #copyOf: () => Provable;
  readonly #isSmall: boolean;
  #made: Copy | undefined;
  /** The files of the copy that have another text now. */
  #changed: readonly string[] = [];

  /** `copyOf` makes an engine without files and with the settings of `engine`. */
  constructor(engine: Provable, uri: string, copyOf: () => Provable) {
    this.#engine = engine;
    this.#copyOf = copyOf;
    this.#texts = textsBeside(engine, uri);
    this.#isSmall = [...this.#texts.values()].reduce((sum, text) => sum + text.length, 0) <= mostText;
  }

  /** Made once somebody wants to know. */
  get #copy(): Copy | undefined {
    if (this.#isSmall && !this.#made) {
      const engine = this.#copyOf();
      engine.change([...this.#texts].map(([uri, text]) => this.#file(uri, text)));
      this.#made = { engine, before: this.#findings(engine), requests: new Requests(this.#scopes(engine)) };
    }
    return this.#made;
  }

  /** The fixes of a finding that do what they say, the best first; at most one of them is preferred. */
  fixes(finding: Finding): readonly FileFix[] {
    const mayTurn = finding.severity === 'error' && ownLayers.has(finding.layer) ? 'all' : 'direct';
    const own = this.#engine.fixes(finding).flatMap((fix) => this.#tried(fix, finding, mayTurn) ?? []);
    // Where a remedy that is known reaches too far, one that writes more does so too.
    const tried = own.length > 0 ? own : this.#routeFixes(finding);
    const proven = tried.filter((it) => !it.reachesFar);
    const fewest = Math.min(...proven.map((it) => (it.fix.preferred ? it.faulty : Number.POSITIVE_INFINITY)));
    const best = proven.find(({ fix, faulty }) => fix.preferred && faulty === fewest);
    const first = best ?? proven[0];
    if (!first) {
      return [];
    }
    const others = [...proven, ...tried].filter(
      (it, index, all) => it !== first && all.indexOf(it) === index,
    );
    return [
      best ? best.fix : { ...first.fix, preferred: false },
      ...others.map(({ fix, reachesFar }) => ({ ...fix, preferred: false, safe: fix.safe && !reachesFar })),
    ];
  }

  /**
   * What writes much is offered only where it can be tried out; in a larger scope "Generate egress route" does the same.
   * Where a document is refused, the route may be complete but for that one.
   */
  #routeFixes(finding: Finding): readonly Tried[] {
    if (!this.#isSmall) {
      return [];
    }
    const mayTurn = isOfUnroutedPort(finding) ? 'direct' : 'none';
    const fixes = this.#engine.routeFixes(finding);
    if (fixes.length === 0 || (this.#copy && this.#copy.before.refused > 0)) {
      return [];
    }
    return fixes.flatMap((fix) => this.#tried(fix, finding, mayTurn) ?? []);
  }

  #tried(fix: FileFix, finding: Finding, mayTurn: Turning): Tried | undefined {
    const uris = [...fix.edits.keys()];
    if (!this.#copy || !uris.every((uri) => this.#texts.has(uri))) {
      return { fix, faulty: 0, reachesFar: false };
    }
    const { engine, before, requests } = this.#copy;
    if (before.count(same(finding)) === 0) {
      // It rests on what a half-typed document said before, which the copy cannot know.
      return { fix, faulty: 0, reachesFar: false };
    }
    // A document that counts again, or one more port on the way of the others, does to strangers what it is there for.
    const minds = mayTurn !== 'all' && !isOfUnroutedPort(finding);
    if (minds && !requests.knowsStrangers) {
      this.#apply(engine, new Map());
      requests.meetStrangers(this.#scopes(engine));
    }
    this.#apply(engine, fix.edits);
    const after = this.#findings(engine);
    const scopes = this.#scopes(engine);
    const fates = changeOf(requests.known, scopes, mayTurn, finding.slot);
    const isMended = after.count(same(finding)) < before.count(same(finding));
    const mostRefused = before.refused - (mayTurn === 'all' ? 1 : 0);
    if (!isMended || after.refused > mostRefused || fates.isWorse) {
      return undefined;
    }
    return {
      fix: after.isWithin(before) ? fix : { ...fix, preferred: false, safe: false },
      faulty: fates.faulty,
      reachesFar: minds && disturbs(requests, scopes, mayTurn),
    };
  }

  /** What the last one changed is as it was again with the next, which costs one reading less. */
  #apply(engine: Provable, edits: FileFix['edits']): void {
    const uris = new Set([...this.#changed, ...edits.keys()]);
    const textOf = (uri: string): string => applyEdits(this.#texts.get(uri)!, edits.get(uri) ?? []);
    engine.change([...uris].map((uri) => this.#file(uri, textOf(uri))));
    this.#changed = [...edits.keys()];
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

/** A fix, how many requests are still at fault after it, and whether it changes more than was meant. */
interface Tried {
  readonly fix: FileFix;
  readonly faulty: number;
  readonly reachesFar: boolean;
}

function textsBeside(engine: Provable, uri: string): ReadonlyMap<string, string> {
  const scopes = new Set(engine.workspace.scopesOf(uri));
  const beside = [...engine.workspace.uris()].filter((it) =>
    engine.workspace.scopesOf(it).some((one) => scopes.has(one)),
  );
  return new Map([...new Set([uri, ...beside])].map((it) => [it, engine.workspace.file(it)?.text ?? '']));
}

/** A copy of the scope, and how it was before anything was tried. */
interface Copy {
  readonly engine: Provable;
  readonly before: Findings;
  readonly requests: Requests;
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
