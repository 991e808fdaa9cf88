import type { Path, YamlMap, YamlNode, YamlPair } from './node';
import type { Holder } from './places';
import { isMerge, keyText, pairOf } from './walk';

// Nodes as they are written. Everywhere else aliases are followed; whoever edits must see them.

/** The last pair written with this key. Merged ones are not the map's own. */
export function ownPair(map: YamlMap, name: string): YamlPair | undefined {
  return map.pairs.findLast((pair) => keyText(pair) === name && !isMerge(pair));
}

/** Whether a merge brings the key in, be it overridden or not. */
export function isMergedIn(map: YamlMap, name: string): boolean {
  const merged = map.pairs.filter(isMerge);
  return merged.length > 0 && pairOf({ ...map, pairs: merged }, name) !== undefined;
}

/** The node written at `path`, without following aliases. */
export function holderAt(root: YamlNode | undefined, path: Path): Holder | undefined {
  let holder: Holder | undefined = root && { kind: 'root', node: root };
  for (const step of path) {
    holder = holder && childHolder(holder.node, step);
  }
  return holder;
}

function childHolder(node: YamlNode, step: string | number): Holder | undefined {
  if (node.type === 'map') {
    const pair = ownPair(node, String(step));
    return pair && { kind: 'pair', node: pair.value, map: node, pair };
  }
  if (node.type === 'seq' && typeof step === 'number') {
    const item = node.items[step];
    return item && { kind: 'item', node: item, seq: node, index: step };
  }
  return undefined;
}

/**
 * An alias elsewhere that would change together with the node at `path`, because what it repeats contains
 * that node or, with `inside`, stands in it.
 */
export function sharedAlias(root: YamlNode, path: Path, inside: boolean): Holder | undefined {
  const touched = new Set<YamlNode>();
  for (let length = 0; length <= path.length; length++) {
    const holder = holderAt(root, path.slice(0, length));
    if (holder) {
      touched.add(holder.node);
    }
  }
  const edited = holderAt(root, path)?.node;
  if (inside && edited) {
    for (const { node } of holdersIn({ kind: 'root', node: edited })) {
      touched.add(node);
    }
  }
  for (const holder of holdersIn({ kind: 'root', node: root })) {
    const { node } = holder;
    const target = node.type === 'alias' ? node.target : undefined;
    if (target && touched.has(target) && !(target.start <= node.start && node.end <= target.end)) {
      return holder;
    }
  }
  return undefined;
}

function* holdersIn(holder: Holder): Iterable<Holder> {
  yield holder;
  const { node } = holder;
  if (node.type === 'map') {
    for (const pair of node.pairs) {
      yield* holdersIn({ kind: 'pair', node: pair.value, map: node, pair });
    }
  } else if (node.type === 'seq') {
    for (const [index, item] of node.items.entries()) {
      yield* holdersIn({ kind: 'item', node: item, seq: node, index });
    }
  }
}
