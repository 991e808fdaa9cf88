import type { Crds } from '../schema/crd';
import type { Slot } from '../source/source';
import { contains, type Span, span } from '../text/span';
import type { Scope } from '../workspace/scope';
import type { Path, YamlDocument, YamlNode } from '../yaml/node';
import { keyText } from '../yaml/walk';
import { type Manifest, manifestAt } from './manifest';
import { readForgiving } from './read-around';
import { type Site, siteAt } from './reference-sites';

/** Where in which document the user is, and what is applied together with it. */
export interface Spot {
  readonly scope: Scope;
  readonly scopeName: string;
  /** What the scope itself says of Istio's kinds. */
  readonly crds: Crds;
  readonly document: YamlDocument;
  /** Absent for a document that is not one yet. */
  readonly slot: Slot | undefined;
  /** Counts from the start of the document's text. */
  readonly offset: number;
  /** Of objects that write none. */
  readonly namespace: string;
  /** What is filled in before the cluster sees it, in the document's text. */
  readonly holes: readonly Span[];
}

/** The key or the scalar at an offset. */
export interface Standing {
  /** From the root of the document; for a key its own path. */
  readonly path: Path;
  readonly part: 'key' | 'value';
  readonly span: Span;
  readonly node: YamlNode;
}

export function standingAt(
  root: YamlNode | undefined,
  offset: number,
  path: Path = [],
): Standing | undefined {
  if (!root || !contains(root, offset)) {
    return undefined;
  }
  if (root.type === 'scalar' || root.type === 'alias') {
    return root.start < root.end
      ? { path, part: 'value', span: span(root.start, root.end), node: root }
      : undefined;
  }
  if (root.type === 'seq') {
    for (const [index, item] of root.items.entries()) {
      const found = standingAt(item, offset, [...path, index]);
      if (found) {
        return found;
      }
    }
    return undefined;
  }
  for (const { key, value, ...pair } of root.pairs) {
    const name = keyText({ key, value, ...pair });
    const own = [...path, name ?? ''];
    if (contains(key, offset)) {
      return { path: own, part: 'key', span: span(key.start, key.end), node: value };
    }
    const found = standingAt(value, offset, own);
    if (found) {
      return found;
    }
  }
  return undefined;
}

export function manifestOfSpot(spot: Spot, root: YamlNode | undefined, path: Path): Manifest {
  const resources = spot.slot ? spot.scope.resourcesOf(spot.slot) : [];
  return manifestAt(root, path, { slot: spot.slot, namespace: spot.namespace, resources });
}

/** What the user stands on, when it names something. */
export function siteOfSpot(spot: Spot): { readonly site: Site; readonly standing: Standing } | undefined {
  const root = readForgiving(spot.document);
  const standing = standingAt(root, spot.offset);
  if (!standing) {
    return undefined;
  }
  const manifest = manifestOfSpot(spot, root, standing.path);
  const site = siteAt(manifest, standing.path.slice(manifest.base.length));
  const onKey = standing.part === 'key' && site?.names !== 'labels';
  return site && !onKey && !isFilledIn(spot, standing) ? { site, standing } : undefined;
}

/** Whether nobody can know what stands there: a template or a shell fills it in. */
export function isFilledIn({ holes }: Spot, { span: own }: Standing): boolean {
  return holes.some((it) => it.start < own.end && own.start < it.end);
}
