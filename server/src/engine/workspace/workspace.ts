import { Inspector } from '../admission/inspect';
import type { Resource } from '../model/resource';
import { changedKinds } from '../schema/crd';
import { readSource } from '../source/read-source';
import type { Slot, SourceDocument, SourceEntry, SourceFile } from '../source/source';
import { type Change, changeOf } from './changed-objects';
import type { FileChange, FileDifference, LiveScope, WorkspaceChange } from './changes';
import { type EntryChanges, entryChanges } from './entry-changes';
import type { Home } from './objects';
import { describeFile } from './planned-file';
import { appliesAlike, type PlannedFile, type PlannedScope } from './planned-scope';
import { resourcesOf } from './resources-of';
import { Scope } from './scope';
import { crdsIn, holdsCrds, isOfKind } from './scope-crds';
import { planScopes, singleScope } from './scope-plan';
import type { WorkspaceSettings } from './settings';
import { type Split, splitsIn } from './splits';

export type { FileChange, FileDifference, LiveScope, WorkspaceChange } from './changes';

interface ChangedFile extends FileDifference {
  readonly replan: boolean;
  readonly affected: readonly Slot[];
}

interface KnownFile {
  readonly path: string;
  readonly source: SourceFile;
  readonly planned: PlannedFile;
  readonly languageId: string | undefined;
}

/** Every file, the documents in it, and the scopes they form. The only state of the engine besides its caches. */
export class Workspace {
  #inspector: Inspector;
  readonly #twin: Workspace | undefined;
  readonly #files = new Map<string, KnownFile>();
  readonly #uriOfPath = new Map<string, string>();
  readonly #home = new Map<Slot, { readonly uri: string; readonly index: number }>();
  #settings: WorkspaceSettings;
  #scopes = new Map<string, LiveScope>();
  #scopesOfPath = new Map<string, LiveScope[]>();
  #splits = new Map<string, Split>();

  /** What `twin` has read and inspected is not read and inspected again where it is the same. */
  constructor(settings: WorkspaceSettings, twin?: Workspace) {
    this.#settings = settings;
    this.#twin = twin;
    this.#inspector = twin?.inspector ?? new Inspector(settings.scope.targetVersion);
  }

  get inspector(): Inspector {
    return this.#inspector;
  }

  get settings(): WorkspaceSettings {
    return this.#settings;
  }

  configure(settings: WorkspaceSettings): void {
    const { targetVersion } = settings.scope;
    if (targetVersion !== this.#settings.scope.targetVersion) {
      // Other documents are accepted, so nothing that was made of them holds.
      this.#inspector = new Inspector(targetVersion);
      this.#scopes = new Map();
    }
    this.#settings = settings;
    for (const { scope } of this.#scopes.values()) {
      scope.configure(settings.scope);
    }
    this.#replan();
  }

  change(changes: readonly FileChange[]): WorkspaceChange {
    const changed = changes.map((change) => this.#store(change));
    const replan = changed.some((it) => it.replan);
    if (replan) {
      this.#replan();
    }
    return { files: changed, replanned: replan, affected: changed.flatMap((it) => it.affected) };
  }

  uris(): Iterable<string> {
    return this.#files.keys();
  }

  file(uri: string): SourceFile | undefined {
    return this.#files.get(uri)?.source;
  }

  pathOf(uri: string): string | undefined {
    return this.#files.get(uri)?.path;
  }

  languageOf(uri: string): string | undefined {
    return this.#files.get(uri)?.languageId;
  }

  /** The file a document stands in now. */
  locate(slot: Slot): { readonly file: SourceFile; readonly entry: SourceEntry } | undefined {
    const home = this.#home.get(slot);
    const file = home && this.file(home.uri);
    const entry = file?.entries[home!.index];
    return file && entry ? { file, entry } : undefined;
  }

  scopes(): Iterable<LiveScope> {
    return this.#scopes.values();
  }

  scopesOf(uri: string): readonly LiveScope[] {
    const path = this.#files.get(uri)?.path;
    return (path !== undefined && this.#scopesOfPath.get(path)) || [];
  }

  /** How one of its scopes applies a document of the file otherwise than it is written. */
  changeOf(uri: string, document: SourceDocument): Change | undefined {
    const { objects } = this.inspector.inspect(document);
    const changes = this.scopesOf(uri).flatMap(
      ({ plan }) => changeOf(plan, this.pathOf(uri) ?? uri, objects) ?? [],
    );
    return changes[0];
  }

  /** The file that stands for a split of folders, so that it is told of once. */
  splitAt(uri: string): Split | undefined {
    return this.#splits.get(uri);
  }

  #read(change: FileChange, text: string, before: KnownFile | undefined): SourceFile {
    const languageId = change.languageId ?? before?.languageId;
    const { templates, maxLength } = this.#settings;
    const chartTemplate = this.#isChartTemplate(change.path);
    const previous = before?.source ?? this.#twin?.file(change.uri);
    return readSource(change.uri, languageId, text, { templates, maxLength, chartTemplate }, previous);
  }

  #isChartTemplate(path: string): boolean {
    const templates = /^(?<chart>(?:.*\/)?)templates\//.exec(path)?.groups;
    return templates !== undefined && this.#uriOfPath.has(`${templates.chart}Chart.yaml`);
  }

  #store(change: FileChange): ChangedFile {
    const { uri, path, text } = change;
    const before = this.#files.get(uri);
    if (text === undefined) {
      return this.#remove(uri, path, before);
    }
    const source = this.#read(change, text, before);
    const changes = entryChanges(before?.source.entries ?? [], source.entries);
    const planned = describeFile(
      path,
      source,
      this.inspector,
      before && { planned: before.planned, changes },
    );
    const languageId = change.languageId ?? before?.languageId;
    this.#files.set(uri, { path, source, languageId, planned });
    this.#uriOfPath.set(path, uri);
    if (!changes.aligned) {
      changes.removed.forEach((slot) => void this.#home.delete(slot));
      source.entries.forEach((entry, index) => void this.#home.set(entry.slot, { uri, index }));
    }
    const moved = changes.aligned ? [] : source.entries.map((entry) => entry.slot);
    const mayRule = holdsCrds({ source, planned }) || (before !== undefined && holdsCrds(before));
    const affected = before ? this.#edit(path, changes, moved, mayRule) : [];
    const changed = changes.changed.map((it) => it.slot);
    return { uri, changed, removed: changes.removed, affected, replan: before?.planned !== planned };
  }

  #remove(uri: string, path: string, before: KnownFile | undefined): ChangedFile {
    const removed = before?.source.entries.map((entry) => entry.slot) ?? [];
    removed.forEach((slot) => void this.#home.delete(slot));
    this.#files.delete(uri);
    this.#uriOfPath.delete(path);
    for (const { scope } of (before && this.#scopesOfPath.get(before.path)) ?? []) {
      scope.change(new Map(removed.map((slot) => [slot, []])));
    }
    return { uri, changed: [], removed, affected: [], replan: before !== undefined };
  }

  /**
   * Hands the documents that are not the same any more to the scopes of their file, and those that another schema
   * judges now when the file `mayRule` over kinds. Gives the latter.
   */
  #edit(
    path: string,
    { changed, removed }: EntryChanges,
    moved: readonly Slot[],
    mayRule: boolean,
  ): readonly Slot[] {
    if (changed.length + removed.length + moved.length === 0) {
      return [];
    }
    const affected: Slot[] = [];
    for (const live of this.#scopesOfPath.get(path) ?? []) {
      const documents = new Map<Slot, readonly Resource[]>(removed.map((slot) => [slot, []]));
      const kinds: ReadonlySet<string> = mayRule ? this.#updateCrds(live) : new Set();
      for (const [other, entry] of kinds.size > 0 ? this.#entriesIn(live.plan) : []) {
        if (isOfKind(entry.document, kinds, this.inspector)) {
          affected.push(entry.slot);
          documents.set(entry.slot, this.#resources(live, other, entry));
        }
      }
      for (const entry of changed) {
        documents.set(entry.slot, this.#resources(live, path, entry));
      }
      live.scope.change(documents, moved);
    }
    return affected;
  }

  /** The kinds that have another schema now. */
  #updateCrds({ plan, scope }: LiveScope): ReadonlySet<string> {
    // Of two for a kind the last one counts, as where files are applied by their names.
    const own = plan.files.filter((path) => !plan.patches.includes(path)).toSorted();
    const files = own.flatMap((path) => this.#files.get(this.#uriOfPath.get(path) ?? '') ?? []);
    const before = scope.crds;
    scope.crds = crdsIn(files, this.inspector, before);
    return changedKinds(before, scope.crds);
  }

  *#entriesIn({ files }: PlannedScope): Iterable<readonly [path: string, entry: SourceEntry]> {
    for (const path of files) {
      for (const entry of this.#files.get(this.#uriOfPath.get(path) ?? '')?.source.entries ?? []) {
        yield [path, entry];
      }
    }
  }

  #replan(): void {
    const planned = planScopes(
      [...this.#files.values()].map((file) => file.planned),
      this.#settings.scopes,
    );
    const plans = this.#settings.single ? [singleScope([...this.#uriOfPath.keys()])] : planned;
    const before = this.#scopes;
    this.#scopes = new Map();
    this.#scopesOfPath = new Map();
    for (const plan of plans) {
      const live = { plan, scope: before.get(plan.id)?.scope ?? this.#newScope(plan) };
      this.#fill(live, before.get(plan.id)?.plan);
      this.#scopes.set(plan.id, live);
      for (const path of plan.files) {
        this.#scopesOfPath.set(path, [...(this.#scopesOfPath.get(path) ?? []), live]);
      }
    }
    this.#splits = splitsIn(
      plans,
      [...this.#files.entries()].map(([uri, { planned }]) => ({ uri, planned })),
    );
  }

  #newScope({ kind }: PlannedScope): Scope {
    return new Scope(
      this.#settings.scope,
      (resource) => this.#homeOf(resource),
      kind === 'file',
      this.#settings.mayChange,
    );
  }

  /** As `kubectl apply` meets them: by file, then by place. */
  #homeOf(resource: Resource): Home {
    const home = this.#home.get(resource.slot);
    const item = typeof resource.base[1] === 'number' ? resource.base[1] : 0;
    const order = `${String(home?.index ?? 0).padStart(8, '0')}.${String(item).padStart(6, '0')}`;
    return { file: home?.uri ?? '', order };
  }

  /** Brings a scope's documents in line with its plan. */
  #fill(live: LiveScope, before: PlannedScope | undefined): void {
    const isAsBefore = before !== undefined && appliesAlike(before, live.plan);
    const had = new Set(isAsBefore ? before.files : []);
    const documents = new Map<Slot, readonly Resource[]>();
    const wanted = new Set<Slot>();
    const kinds = this.#updateCrds(live);
    for (const [path, entry] of this.#entriesIn(live.plan)) {
      wanted.add(entry.slot);
      if (!had.has(path) || isOfKind(entry.document, kinds, this.inspector)) {
        documents.set(entry.slot, this.#resources(live, path, entry));
      }
    }
    for (const slot of live.scope.slots()) {
      if (!wanted.has(slot)) {
        documents.set(slot, []);
      }
    }
    live.scope.change(documents);
  }

  #resources(live: LiveScope, path: string, entry: SourceEntry): readonly Resource[] {
    return resourcesOf(live, path, entry, this.inspector, this.#settings);
  }
}
