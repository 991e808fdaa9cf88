import { join, relative, sep } from 'node:path';
import picomatch from 'picomatch';
import { Engine } from '../engine/engine';
import { rules } from '../engine/rules/index';
import type { WorkspaceSettings } from '../engine/workspace/settings';
import type { FileChange } from '../engine/workspace/workspace';
import { isOfInterest, listFiles, pathOfUri, readText, uriOfPath } from './disk';

/** One workspace folder and its engine, or the files that belong to no folder. */
export class Project {
  readonly engine: Engine;
  /** A folder of the disk. Nothing for loose files. */
  readonly root: string | undefined;

  constructor(root: string | undefined, settings: WorkspaceSettings) {
    this.root = root;
    this.engine = new Engine(settings, rules, { defer: true });
  }

  /** The path that scopes are decided by. */
  pathOf(uri: string): string {
    const path = pathOfUri(uri);
    if (path === undefined) {
      return uri;
    }
    return this.root === undefined ? path : relative(this.root, path).split(sep).join('/');
  }

  holds(uri: string): boolean {
    const path = pathOfUri(uri);
    if (path === undefined || this.root === undefined) {
      return false;
    }
    const inside = relative(this.root, path);
    return inside !== '' && !inside.startsWith('..') && !inside.includes(`..${sep}`);
  }

  /** Every file of the folder that may hold manifests. */
  *listed(excluded: readonly string[]): Iterable<string> {
    if (this.root !== undefined) {
      for (const path of listFiles(this.root, excluded)) {
        yield uriOfPath(join(this.root, path));
      }
    }
  }

  /** What the disk says of a file now. */
  fromDisk(uri: string, excluded: readonly string[]): FileChange {
    const path = this.pathOf(uri);
    const file = pathOfUri(uri);
    const hidden = excluded.length > 0 && picomatch([...excluded], { dot: true })(path);
    const wanted = file !== undefined && this.root !== undefined && !hidden && isOfInterest(`/${path}`);
    return { uri, path, text: wanted ? readText(file) : undefined };
  }
}

/** The project of every file: the deepest workspace folder that holds it. */
export class Projects {
  #folders: readonly Project[] = [];
  readonly #loose = new Map<string, Project>();
  #settings: WorkspaceSettings;

  constructor(settings: WorkspaceSettings) {
    this.#settings = settings;
  }

  /** Gives back the projects that are new. */
  open(roots: readonly string[]): readonly Project[] {
    const known = new Map(this.#folders.map((it) => [it.root, it]));
    const fresh: Project[] = [];
    this.#folders = [...new Set(roots)]
      .sort((a, b) => b.length - a.length)
      .map((root) => {
        const project = known.get(root) ?? new Project(root, this.#settings);
        if (!known.has(root)) {
          fresh.push(project);
        }
        return project;
      });
    for (const uri of this.#loose.keys()) {
      if (this.#folders.some((it) => it.holds(uri))) {
        this.#loose.delete(uri);
      }
    }
    return fresh;
  }

  configure(settings: WorkspaceSettings): void {
    this.#settings = settings;
    for (const project of this.all()) {
      project.engine.configure(settings);
    }
  }

  of(uri: string): Project {
    const folder = this.#folders.find((it) => it.holds(uri));
    if (folder) {
      return folder;
    }
    // Nothing says that two loose files are applied together, so each stands for itself.
    let loose = this.#loose.get(uri);
    if (!loose) {
      loose = new Project(undefined, this.#settings);
      this.#loose.set(uri, loose);
    }
    return loose;
  }

  drop(uri: string): void {
    this.#loose.delete(uri);
  }

  *all(): Iterable<Project> {
    yield* this.#folders;
    yield* this.#loose.values();
  }
}
