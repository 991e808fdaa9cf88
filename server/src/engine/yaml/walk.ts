import { type Span, span } from '../text/span';
import type { Path, YamlMap, YamlNode, YamlPair } from './node';

/** The node an alias stands for, or the node itself. */
export function resolved(node: YamlNode | undefined): YamlNode | undefined {
  return node?.type === 'alias' ? node.target : node;
}

/** The text of a scalar key; other keys have none. */
export function keyText(pair: YamlPair): string | undefined {
  const key = resolved(pair.key);
  if (key?.type !== 'scalar') {
    return undefined;
  }
  return typeof key.value === 'string' ? key.value : nameOf(key.value);
}

/** Of numbers without end go-yaml makes the words of YAML where they are keys. */
function nameOf(value: number | boolean | null): string {
  if (typeof value !== 'number' || Number.isFinite(value)) {
    return String(value);
  }
  return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf';
}

/** Whether the pair brings in the keys of another map. In quotes, `<<` is a key like any other. */
export function isMerge({ key }: YamlPair): boolean {
  return (
    key.type === 'scalar' &&
    key.value === '<<' &&
    (key.tag === undefined ? key.style === 'plain' : key.tag === '!!merge')
  );
}

/**
 * The pair of `name`. Of two equal keys the last one counts, as everywhere in Kubernetes, and what `<<` brings in
 * counts from where it stands: go-yaml lets it replace the keys above.
 */
export function pairOf(map: YamlMap, name: string, depth = 0): YamlPair | undefined {
  for (let index = map.pairs.length - 1; index >= 0; index--) {
    const pair = map.pairs[index]!;
    const found = isMerge(pair)
      ? mergedPair(pair, name, depth + 1)
      : keyText(pair) === name
        ? pair
        : undefined;
    if (found) {
      return found;
    }
  }
  return undefined;
}

/** Of several maps behind one `<<` the first wins. */
function mergedPair({ value }: YamlPair, name: string, depth: number): YamlPair | undefined {
  const source = resolved(value);
  for (const from of source?.type === 'seq' ? source.items.map(resolved) : [source]) {
    const found = from?.type === 'map' && depth <= maxMergeDepth ? pairOf(from, name, depth) : undefined;
    if (found) {
      return found;
    }
  }
  return undefined;
}

const maxMergeDepth = 20;

/** One step down. Aliases are followed; anything that is not there is `undefined`. */
export function childOf(node: YamlNode | undefined, step: string | number): YamlNode | undefined {
  const parent = resolved(node);
  if (parent?.type === 'map') {
    return pairOf(parent, String(step))?.value;
  }
  return parent?.type === 'seq' && typeof step === 'number' ? parent.items[step] : undefined;
}

export function nodeAt(root: YamlNode | undefined, path: Path): YamlNode | undefined {
  let node = root;
  for (const step of path) {
    node = childOf(node, step);
  }
  return node;
}

/** The string at `path`, when there is one. */
export function stringAt(root: YamlNode | undefined, ...path: Path): string | undefined {
  const node = resolved(nodeAt(root, path));
  return node?.type === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/**
 * Where `path` is written: the value, or for `part: 'key'` its key. What is not written falls back to the
 * nearest parent that is, and a parent that is a collection is shown by its key.
 */
export function spanAt(root: YamlNode | undefined, path: Path, part: 'key' | 'value' = 'value'): Span {
  for (let length = path.length; length > 0; length--) {
    const parent = resolved(nodeAt(root, path.slice(0, length - 1)));
    const step = path[length - 1]!;
    const whole = length === path.length;
    if (parent?.type === 'map') {
      const pair = pairOf(parent, String(step));
      if (pair) {
        const asKey = !whole || part === 'key' || pair.value.start === pair.value.end;
        return asKey ? span(pair.key.start, pair.key.end) : span(pair.value.start, pair.value.end);
      }
    } else if (parent?.type === 'seq' && typeof step === 'number') {
      const item = parent.items[step];
      if (item) {
        return span(item.start, item.end);
      }
    }
  }
  const kind = root && resolved(nodeAt(root, ['kind']));
  return kind ? span(kind.start, kind.end) : span(root?.start ?? 0, root?.start ?? 0);
}

/** A plain JavaScript value. Aliases share one object, so an alias bomb costs nothing here. */
export function plainValue(node: YamlNode | undefined, seen: Map<YamlNode, unknown> = new Map()): unknown {
  const it = resolved(node);
  if (!it) {
    return undefined;
  }
  if (it.type === 'scalar') {
    return it.value;
  }
  if (it.anchor !== undefined) {
    if (seen.has(it)) {
      return seen.get(it);
    }
    // Set before the children are read: an anchor that contains itself ends here instead of never.
    seen.set(it, null);
  }
  const value =
    it.type === 'map'
      ? mapValue(it, seen)
      : (it as { items: readonly YamlNode[] }).items.map((item) => plainValue(item, seen));
  if (it.anchor !== undefined) {
    seen.set(it, value);
  }
  return value;
}

function mapValue(map: YamlMap, seen: Map<YamlNode, unknown>): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const pair of map.pairs) {
    const name = keyText(pair);
    if (isMerge(pair)) {
      merge(value, plainValue(pair.value, seen));
    } else if (name !== undefined) {
      setOwn(value, name, plainValue(pair.value, seen));
    }
  }
  return value;
}

function merge(value: Record<string, unknown>, source: unknown): void {
  for (const from of (Array.isArray(source) ? source : [source]).toReversed()) {
    if (from !== null && typeof from === 'object') {
      Object.assign(value, from);
    }
  }
}

/** `__proto__` in a manifest is a key like any other, never the object's prototype. */
function setOwn(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[name] = value;
  }
}
