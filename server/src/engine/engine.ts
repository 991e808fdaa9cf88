import type { Diagnostic, FileFix } from './diagnostic';
import { FileFindings } from './file-findings';
import type { Anchor, DocumentChange, Finding } from './model/finding';
import { Prover } from './prover';
import { Renderer } from './render';
import { isMendedByRoute, routeFixes } from './route-fixes';
import { type Backlog, Checker, type MayCheck, mostUrgent } from './rules/checker';
import { rules as allRules } from './rules/index';
import type { Rule } from './rules/rule';
import { noCrds } from './schema/crd';
import { separateScopes } from './separate-scopes';
import type { Slot, SourceFile } from './source/source';
import { isSuppressed, waysToSilence } from './suppressions';
import type { TextEdit } from './text/edit';
import type { Span } from './text/span';
import type { Scope } from './workspace/scope';
import { defaultSettings, type WorkspaceSettings } from './workspace/settings';
import { type FileChange, type LiveScope, Workspace } from './workspace/workspace';

export interface EngineOptions {
  /**
   * Whether what takes long waits for {@link Engine.catchUp}, so that the rest is answered at once: rules that follow
   * requests to their end, and documents that {@link Engine.diagnostics} may not check yet.
   */
  readonly defer?: boolean;
  /** An engine that may have read the same files. */
  readonly twin?: Engine;
}

/**
 * The one entry to everything below: files in, plain answers out.
 *
 * It does no I/O, reads no clock and returns no promise. The same files give the same answers, in whatever order
 * they came.
 */
export class Engine {
  readonly workspace: Workspace;
  readonly #rules: readonly Rule[];
  readonly #renderer: Renderer;
  readonly #defer: boolean;
  /** Whoever moves the cursor asks again and again. */
  #prover: { readonly key: string; readonly prover: Prover } | undefined;
  #checkers = new Map<Scope, Checker>();
  readonly #found = new FileFindings((...wanted) => this.#findings(...wanted));
  readonly #touched = new Set<string>();
  /** Files that some finding of a file points into, so that a moved target moves the pointer. */
  readonly #pointsTo = new Map<string, ReadonlySet<string>>();

  constructor(
    settings: WorkspaceSettings = defaultSettings,
    rules: readonly Rule[] = allRules,
    options: EngineOptions = {},
  ) {
    this.workspace = new Workspace(settings, options.twin?.workspace);
    this.#rules = rules;
    this.#defer = options.defer ?? false;
    this.#renderer = new Renderer(this.workspace);
  }

  configure(settings: WorkspaceSettings): void {
    this.#prover = undefined;
    this.workspace.configure(settings);
    this.#touchAll();
  }

  change(changes: readonly FileChange[]): void {
    this.#prover = undefined;
    const { files, replanned, affected } = this.workspace.change(changes);
    for (const { uri, changed, removed } of files) {
      changed.forEach((slot) => void this.#found.markStale(uri, slot));
      for (const slot of removed) {
        this.#found.remove(uri, slot);
        this.#checkers.forEach((checker) => void checker.forget(slot));
      }
    }
    affected.forEach((slot) => void this.#touchSlot(slot));
    if (replanned) {
      this.#touchAll();
    }
    this.#touch(changes.map((change) => change.uri));
  }

  /** The files whose diagnostics may be others since the last call. */
  takeTouched(): string[] {
    this.#markStale();
    const taken = [...this.#touched];
    this.#touched.clear();
    return taken;
  }

  /** Does what was put off, until `isLate`, and says what is left. The files it changes the answers for are touched. */
  catchUp(isLate: () => boolean): Backlog {
    const { backlog } = this;
    for (const checker of [...this.#checkers.values()].filter((it) => it.backlog === backlog)) {
      for (const slot of checker.catchUp(isLate)) {
        this.#touchSlot(slot);
      }
      if (isLate()) {
        break;
      }
    }
    return this.backlog;
  }

  get backlog(): Backlog {
    return mostUrgent([...this.#checkers.values()].map((it) => it.backlog));
  }

  /** With `mayCheck`, documents that were never checked may be put off; only their own findings are there then. */
  diagnostics(uri: string, mayCheck?: MayCheck): Diagnostic[] {
    const file = this.workspace.file(uri);
    if (!file) {
      this.#pointsTo.delete(uri);
      return [];
    }
    this.#markStale();
    const slots = () => file.entries.map((entry) => entry.slot);
    const found = [...this.#found.of(uri, slots, mayCheck), ...this.#splitFinding(uri, file)];
    const diagnostics = found.flatMap((finding) => this.#renderer.diagnostic(finding) ?? []);
    this.#pointsTo.set(uri, new Set(diagnostics.flatMap((it) => it.related.map((related) => related.uri))));
    return diagnostics.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  }

  /** Whether something may be offered for a finding; cheap. */
  mayFix(finding: Finding): boolean {
    return finding.fixes.length > 0 || isMendedByRoute(finding);
  }

  /** What the editor may offer for a finding, as text edits by file. */
  fixes(finding: Finding): FileFix[] {
    return finding.fixes.flatMap((fix) => this.#renderer.fix(fix) ?? []);
  }

  /** The same where no rule knows a remedy: what the generator would write. */
  routeFixes(finding: Finding): FileFix[] {
    return routeFixes(this.workspace, finding).flatMap((fix) => this.#renderer.fix(fix) ?? []);
  }

  /** How to be told no more of a finding: a comment, or an annotation that istioctl heeds too. */
  silences(finding: Finding): FileFix[] {
    const located = this.workspace.locate(finding.slot);
    const ways = located ? waysToSilence(located.entry.document, finding) : [];
    return ways.flatMap((fix) => this.#renderer.fix(fix) ?? []);
  }

  /** Tries the fixes of a file's findings before they are offered; for as long as no file changes. */
  prover(uri: string): Prover {
    // Files of the same scopes are tried out together.
    const scopes = this.scopesOf(uri).map(({ plan }) => plan.id);
    const key = scopes.length > 0 ? scopes.join('\n') : uri;
    if (this.#prover?.key !== key) {
      const settings = { ...this.workspace.settings, keepLastGood: false, mayChange: true };
      this.#prover = {
        key,
        prover: new Prover(this, uri, () => new Engine(settings, this.#rules, { twin: this })),
      };
    }
    return this.#prover.prover;
  }

  /** Changes of documents as text edits by file; nothing when a document is gone. */
  edits(changes: readonly DocumentChange[]): ReadonlyMap<string, readonly TextEdit[]> | undefined {
    return this.#renderer.fix({ title: '', changes })?.edits;
  }

  /** Every finding about the documents of a scope, those about single documents left out. */
  findingsIn({ scope }: LiveScope): readonly Finding[] {
    const checker = this.#checker(scope);
    return [...scope.slots()]
      .flatMap((slot) => checker.findings(slot))
      .flatMap((it) => this.#adjusted(it) ?? []);
  }

  /** All safe fixes of one file at once, as far as they stay inside it. */
  safeFixes(uri: string): readonly TextEdit[] {
    const safe = this.diagnostics(uri).flatMap(({ finding }) => {
      const fix = finding.fixes.find((it) => it.safe);
      return fix &&
        this.prover(uri)
          .fixes(finding)
          .some((it) => it.safe)
        ? [fix]
        : [];
    });
    const own = safe.filter((fix) =>
      fix.changes.every(({ slot }) => this.workspace.locate(slot)?.file.uri === uri),
    );
    const changes = new Map(own.flatMap((fix) => fix.changes).map((change) => [changeKey(change), change]));
    const title = 'all safe fixes';
    return this.#renderer.fix({ title, changes: [...changes.values()] })?.edits.get(uri) ?? [];
  }

  /** Where something stands now; nothing when its document is gone. */
  place(slot: Slot, at: Anchor): { readonly uri: string; readonly span: Span } | undefined {
    return this.#renderer.place(slot, at);
  }

  file(uri: string): SourceFile | undefined {
    return this.workspace.file(uri);
  }

  scopesOf(uri: string): readonly LiveScope[] {
    return this.workspace.scopesOf(uri);
  }

  #findings(uri: string, slot: Slot, mayCheck?: MayCheck): Finding[] {
    const located = this.workspace.locate(slot);
    const scopes = this.workspace.scopesOf(uri);
    const change = located && this.workspace.changeOf(uri, located.entry.document);
    const judges = new Set(scopes.length === 0 ? [noCrds] : scopes.map(({ scope }) => scope.crds));
    const own = [...judges].flatMap((crds) =>
      located ? this.#renderer.ownFindings(slot, located.entry.document, change, crds) : [],
    );
    const shared = scopes.flatMap((live) => this.#checker(live.scope).findings(slot, mayCheck));
    const wanted = [...own, ...shared].flatMap((finding) => this.#wanted(finding) ?? []);
    return scopes.length < 2 ? wanted : distinct(wanted);
  }

  #splitFinding(uri: string, file: SourceFile): Finding[] {
    const split = this.workspace.splitAt(uri);
    const finding = split && separateScopes(split, file, this.workspace.inspector);
    const wanted = finding && this.#wanted(finding);
    return wanted ? [wanted] : [];
  }

  /** As its document and the settings want it. */
  #wanted(finding: Finding): Finding | undefined {
    const located = this.workspace.locate(finding.slot);
    const isWanted = !located || !isSuppressed(located.entry.document, finding);
    return isWanted ? this.#adjusted(finding) : undefined;
  }

  #adjusted(finding: Finding): Finding | undefined {
    const setting = this.workspace.settings.rules[finding.code];
    if (setting === undefined) {
      return finding;
    }
    return setting === 'off' ? undefined : { ...finding, severity: setting };
  }

  #checker(scope: Scope): Checker {
    let checker = this.#checkers.get(scope);
    if (!checker) {
      checker = new Checker(this.#rules, scope, { defer: this.#defer });
      this.#checkers.set(scope, checker);
    }
    return checker;
  }

  /** Hears of documents whose findings may be others because of changes elsewhere. */
  #markStale(): void {
    for (const checker of this.#checkers.values()) {
      checker.takeStale().forEach((slot) => void this.#touchSlot(slot));
    }
  }

  #touchSlot(slot: Slot): void {
    const uri = this.workspace.locate(slot)?.file.uri;
    if (uri !== undefined) {
      this.#found.markStale(uri, slot);
      this.#touched.add(uri);
    }
  }

  #touch(uris: readonly string[]): void {
    const moved = new Set(uris);
    for (const [uri, targets] of this.#pointsTo) {
      if (!moved.has(uri) && uris.some((it) => targets.has(it))) {
        this.#touched.add(uri);
      }
    }
    moved.forEach((uri) => void this.#touched.add(uri));
  }

  #touchAll(): void {
    const live = new Set([...this.workspace.scopes()].map((it) => it.scope));
    this.#checkers = new Map([...this.#checkers].filter(([scope]) => live.has(scope)));
    this.#found.clear();
    this.#touch([...this.workspace.uris()]);
  }
}

/** Two findings may ask for the same change. */
function changeKey(change: DocumentChange): string {
  return JSON.stringify({ ...change, slot: change.slot.id });
}

/** A file of two scopes may be told the same thing twice. */
function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.code}\n${JSON.stringify(finding.at)}\n${finding.message}`;
    if (!seen.has(key)) {
      seen.set(key, finding);
    }
  }
  return [...seen.values()];
}
