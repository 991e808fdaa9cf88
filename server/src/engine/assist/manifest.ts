import { memoize } from '../mesh/derive';
import { type Fields, fields, text } from '../model/guards';
import { kindOf } from '../model/kinds';
import type { Kind, Resource } from '../model/resource';
import type { Slot } from '../source/source';
import type { Path, YamlNode } from '../yaml/node';
import { nodeAt, plainValue, resolved, stringAt } from '../yaml/walk';

/** An object by what it writes: one of the scope, or the one that is being typed and may not be one yet. */
export interface Manifest {
  readonly kind: Kind;
  readonly apiVersion: string;
  readonly writtenKind: string;
  readonly name: string;
  readonly namespace: string;
  /** `metadata` and `spec` as they are written, as far as references may stand in them. */
  readonly object: Fields;
  /** Absent for a document that is too young to have one. */
  readonly slot: Slot | undefined;
  readonly base: Path;
}

export const manifestOf = memoize((resource: Resource): Manifest => {
  const { kind, apiVersion, writtenKind, name, namespace, slot, base } = resource;
  return { kind, apiVersion, writtenKind, name, namespace, object: objectOf(resource), slot, base };
});

/** A workload gets the shape back in which its labels are written. Whether a namespace is written nobody knows. */
function objectOf({ kind, writtenKind, name, spec }: Resource): Fields {
  if (kind !== 'Workload') {
    return { metadata: { name }, spec };
  }
  return writtenKind === 'Pod'
    ? { metadata: { name, labels: spec.labels } }
    : { metadata: { name }, spec: { template: { metadata: { labels: spec.labels } } } };
}

/** What gives a namespace to objects that write none. */
export interface Home {
  readonly slot: Slot | undefined;
  readonly namespace: string;
  /** Objects of the same document in the scope, which know of overlays and command lines. */
  readonly resources: readonly Resource[];
}

/** The object of a document's tree that `path` leads into. */
export function manifestAt(root: YamlNode | undefined, path: Path, home: Home): Manifest {
  const base = baseOf(root, path);
  const node = nodeAt(root, base);
  const apiVersion = stringAt(node, 'apiVersion') ?? '';
  const writtenKind = stringAt(node, 'kind') ?? '';
  const known = home.resources.find((it) => it.base.join() === base.join());
  const object = fields(plainValue(node));
  const written = text(fields(object.metadata).namespace);
  return {
    kind: kindOf(apiVersion, writtenKind),
    apiVersion,
    writtenKind,
    name: text(fields(object.metadata).name) ?? '',
    namespace:
      (known?.writtenKind === writtenKind ? known.namespace : undefined) ?? (written || home.namespace),
    object,
    slot: home.slot,
    base,
  };
}

/** Empty, or `['items', n]` in a List. */
function baseOf(root: YamlNode | undefined, path: Path): Path {
  const [first, second] = path;
  const inList = first === 'items' && typeof second === 'number' && stringAt(root, 'kind') === 'List';
  return inList && resolved(nodeAt(root, ['items', second])) ? [first, second] : [];
}

/** The value at a path of the object. */
export function valueAt(object: unknown, path: Path): unknown {
  let value = object;
  for (const step of path) {
    value = typeof value === 'object' && value !== null ? (value as Fields)[step] : undefined;
  }
  return value;
}

export function textAt(object: unknown, path: Path): string | undefined {
  return text(valueAt(object, path));
}
