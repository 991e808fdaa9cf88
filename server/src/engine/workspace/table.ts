import { haveSameFace } from '../model/face';
import type { Resource } from '../model/resource';
import type { Reactor, Source } from '../reactive/reactor';
import { keysOf } from './keys';

const none: readonly Resource[] = [];

/**
 * Resources by key. Reading a key makes the reader depend on that key alone.
 *
 * A resource that is replaced by one with the same face changes silently: the list shows the new one, but
 * nobody who read the old one is disturbed, since nothing they could have seen is different.
 */
export class Table {
  readonly #reactor: Reactor;
  readonly #cells = new Map<string, Cell>();

  constructor(reactor: Reactor) {
    this.#reactor = reactor;
  }

  lookup(key: string): readonly Resource[] {
    if (this.#reactor.isStill) {
      return this.#cells.get(key)?.resources ?? none;
    }
    const cell = this.#cell(key);
    cell.watched ??= this.#reactor.source(cell.resources, sameFaces);
    cell.watched.get();
    return cell.resources;
  }

  change(removed: readonly Resource[], added: readonly Resource[]): void {
    const lists = new Map<Cell, Resource[]>();
    const listOf = (key: string): Resource[] => {
      const cell = this.#cell(key);
      let list = lists.get(cell);
      if (!list) {
        list = [...cell.resources];
        lists.set(cell, list);
      }
      return list;
    };
    const left = new Map(removed.map((resource) => [standsAt(resource), resource]));
    for (const resource of added) {
      const before = left.get(standsAt(resource));
      left.delete(standsAt(resource));
      replace(listOf, before, resource);
    }
    for (const resource of left.values()) {
      replace(listOf, resource, undefined);
    }
    for (const [cell, list] of lists) {
      cell.resources = list;
      cell.watched?.set(list);
    }
  }

  #cell(key: string): Cell {
    let cell = this.#cells.get(key);
    if (!cell) {
      cell = { resources: [], watched: undefined };
      this.#cells.set(key, cell);
    }
    return cell;
  }
}

interface Cell {
  resources: readonly Resource[];
  /** Made when the key is first asked for: most keys never are. */
  watched: Source<readonly Resource[]> | undefined;
}

function standsAt(resource: Resource): string {
  return `${resource.slot.id} ${resource.base.join()}`;
}

/** A changed resource keeps its place in the lists, so that an edit does not look like a reordering. */
function replace(
  listOf: (key: string) => Resource[],
  before: Resource | undefined,
  after: Resource | undefined,
): void {
  const fresh = new Set(after ? keysOf(after) : []);
  for (const key of before ? keysOf(before) : []) {
    const list = listOf(key);
    const index = list.indexOf(before!);
    if (after && fresh.delete(key)) {
      list[index] = after;
    } else {
      list.splice(index, 1);
    }
  }
  for (const key of fresh) {
    listOf(key).push(after!);
  }
}

/** Whether a reader could tell the lists apart. */
export function sameFaces(before: readonly Resource[], after: readonly Resource[]): boolean {
  return before.length === after.length && before.every((it, index) => haveSameFace(it, after[index]!));
}
