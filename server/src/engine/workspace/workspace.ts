import { Inspector } from '../admission/inspect';
import { lower, type Placement } from '../model/lower';
import type { Resource, Standing } from '../model/resource';
import { readSource } from '../source/read-source';
import type { Slot, SourceEntry, SourceFile } from '../source/source';
import { describeFile } from './planned-file';
import type { PlannedFile, PlannedScope } from './planned-scope';
import { Scope } from './scope';
import { planScopes } from './scope-plan';
import type { WorkspaceSettings } from './settings';

/** `text: undefined` removes the file. */
export interface FileChange {
  readonly uri: string;
  /** Relative to the workspace folder, or the whole path outside of one. */
  readonly path: string;
  readonly text: string | undefined;
  readonly languageId?: string;
}

/** A scope and why its files belong together. */
export interface LiveScope {
  readonly plan: PlannedScope;
  readonly scope: Scope;
}

/** Folders that cannot be applied together, and the object that shows it. */
export interface Split {
  readonly identity: string;
  readonly scopes: readonly string[];
}

interface KnownFile {
  readonly path: string;
  readonly source: SourceFile;
  readonly planned: PlannedFile;
  readonly languageId: string | undefined;
}

/** Every file, the documents in it, and the scopes they form. The only state of the engine besides its caches. */
export class Workspace {
  readonly inspector = new Inspector();
  readonly #files = new Map<string, KnownFile>();
  readonly #uriOfPath = new Map<string, string>();
  readonly #home = new Map<Slot, { readonly uri: string; readonly index: number }>();
  #settings: WorkspaceSettings;
  #scopes = new Map<string, LiveScope>();
  #scopesOfPath = new Map<string, LiveScope[]>();
  #splits = new Map<string, Split>();

  constructor(settings: WorkspaceSettings) {
    this.#settings = settings;
  }

  get settings(): WorkspaceSettings {
    return this.#settings;
  }

  configure(settings: WorkspaceSettings): void {
    this.#settings = settings;
    for (const { scope } of this.#scopes.values()) {
      scope.configure(settings.scope);
    }
    this.#replan();
  }

  change(changes: readonly FileChange[]): void {
    let replan = false;
    for (const change of changes) {
      const before = this.#files.get(change.uri);
      const after = this.#read(change, before);
      replan = this.#store(change, before, after) || replan;
    }
    if (replan) {
      this.#replan();
    }
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

  /** The file that stands for a split of folders, so that it is told of once. */
  splitAt(uri: string): Split | undefined {
    return this.#splits.get(uri);
  }

  #read(change: FileChange, before: KnownFile | undefined): KnownFile | undefined {
    if (change.text === undefined) {
      return undefined;
    }
    const languageId = change.languageId ?? before?.languageId;
    const { templates, maxLength } = this.#settings;
    const chartTemplate = this.#isChartTemplate(change.path);
    const source = readSource(
      change.uri,
      languageId,
      change.text,
      { templates, maxLength, chartTemplate },
      before?.source,
    );
    return {
      path: change.path,
      source,
      languageId,
      planned: describeFile(change.path, source, this.inspector, before?.planned),
    };
  }

  #isChartTemplate(path: string): boolean {
    const templates = /^(?<chart>(?:.*\/)?)templates\//.exec(path)?.groups;
    return templates !== undefined && this.#uriOfPath.has(`${templates.chart}Chart.yaml`);
  }

  /** True when the change may move files between scopes. */
  #store(change: FileChange, before: KnownFile | undefined, after: KnownFile | undefined): boolean {
    for (const entry of before?.source.entries ?? []) {
      this.#home.delete(entry.slot);
    }
    if (!after) {
      this.#files.delete(change.uri);
      this.#uriOfPath.delete(change.path);
      this.#forget(before);
      return before !== undefined;
    }
    this.#files.set(change.uri, after);
    this.#uriOfPath.set(change.path, change.uri);
    after.source.entries.forEach(
      (entry, index) => void this.#home.set(entry.slot, { uri: change.uri, index }),
    );
    if (before) {
      this.#edit(before, after);
    }
    return before?.planned !== after.planned;
  }

  #forget(file: KnownFile | undefined): void {
    for (const { scope } of (file && this.#scopesOfPath.get(file.path)) ?? []) {
      scope.change(new Map(file!.source.entries.map((entry) => [entry.slot, []])));
    }
  }

  /** Hands the documents that are not the same any more to the scopes of their file. */
  #edit(before: KnownFile, after: KnownFile): void {
    const old = new Map(before.source.entries.map((entry) => [entry.slot, entry.document]));
    const changed: SourceEntry[] = [];
    for (const entry of after.source.entries) {
      if (old.get(entry.slot) !== entry.document) {
        changed.push(entry);
      }
      old.delete(entry.slot);
    }
    if (changed.length === 0 && old.size === 0) {
      return;
    }
    for (const live of this.#scopesOfPath.get(after.path) ?? []) {
      const documents = new Map<Slot, readonly Resource[]>([...old.keys()].map((slot) => [slot, []]));
      for (const entry of changed) {
        documents.set(entry.slot, this.#resources(live, after.path, entry));
      }
      live.scope.change(documents);
    }
  }

  #replan(): void {
    const planned = planScopes(
      [...this.#files.values()].map((file) => file.planned),
      this.#settings.scopes,
    );
    const plans = this.#settings.single ? [singleScope([...this.#files.values()])] : planned;
    const before = this.#scopes;
    this.#scopes = new Map();
    this.#scopesOfPath = new Map();
    for (const plan of plans) {
      const live = { plan, scope: before.get(plan.id)?.scope ?? this.#newScope() };
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

  #newScope(): Scope {
    return new Scope(this.#settings.scope, (resource) => this.#orderOf(resource));
  }

  /** Sorts documents as `kubectl apply` meets them: by file, then by place. */
  #orderOf(resource: Resource): string {
    const home = this.#home.get(resource.slot);
    const item = typeof resource.base[1] === 'number' ? resource.base[1] : 0;
    return `${home?.uri ?? ''}\n${String(home?.index ?? 0).padStart(8, '0')}.${String(item).padStart(6, '0')}`;
  }

  /** Brings a scope's documents in line with its plan. */
  #fill(live: LiveScope, before: PlannedScope | undefined): void {
    const samePlacement =
      before?.namespaceOverride === live.plan.namespaceOverride &&
      before?.patches.join() === live.plan.patches.join();
    const had = new Set(samePlacement ? before?.files : []);
    const documents = new Map<Slot, readonly Resource[]>();
    const wanted = new Set<Slot>();
    for (const path of live.plan.files) {
      const file = this.#files.get(this.#uriOfPath.get(path) ?? '');
      for (const entry of file?.source.entries ?? []) {
        wanted.add(entry.slot);
        if (!had.has(path)) {
          documents.set(entry.slot, this.#resources(live, path, entry));
        }
      }
    }
    for (const slot of live.scope.slots()) {
      if (!wanted.has(slot)) {
        documents.set(slot, []);
      }
    }
    live.scope.change(documents);
  }

  #resources({ plan, scope }: LiveScope, path: string, entry: SourceEntry): readonly Resource[] {
    const { objects } = this.inspector.inspect(entry.document);
    const placement: Placement = {
      defaultNamespace: entry.document.commandNamespace ?? this.#settings.defaultNamespace,
      defaultKnown: entry.document.commandNamespace !== undefined,
      ...(plan.namespaceOverride !== undefined && { namespaceOverride: plan.namespaceOverride }),
    };
    const partial = entry.document.partial !== undefined || plan.patches.includes(path);
    const last = scope.resourcesOf(entry.slot);
    const refused = objects.some((object) => object.rejectedBy !== undefined);
    // While a document is being typed it keeps what it last was, so that nothing flickers elsewhere.
    if (this.#settings.keepLastGood && refused && !partial && last.some((it) => it.standing === 'accepted')) {
      return last;
    }
    return objects.flatMap(({ value, base, rejectedBy, hasHoles }) => {
      const standing: Standing = partial || hasHoles ? 'partial' : rejectedBy ? 'refused' : 'accepted';
      return lower(value, entry.slot, base, placement, standing) ?? [];
    });
  }
}

/** Every split, by the first file that holds the object both sides have. */
function splitsIn(
  plans: readonly PlannedScope[],
  files: readonly { readonly uri: string; readonly planned: PlannedFile }[],
): Map<string, Split> {
  const found = new Map<string, Split>();
  for (const split of new Set(plans.map((it) => it.splitBy))) {
    const holders = split ? files.filter(({ planned }) => planned.identities.includes(split.identity)) : [];
    const [first] = holders.sort((a, b) => (a.planned.path < b.planned.path ? -1 : 1));
    if (split && first) {
      found.set(first.uri, {
        ...split,
        scopes: plans.filter((it) => it.splitBy === split).map((it) => it.name),
      });
    }
  }
  return found;
}

function singleScope(files: readonly KnownFile[]): PlannedScope {
  return { id: 'all', name: 'all files', kind: 'folder', files: files.map((file) => file.path), patches: [] };
}
