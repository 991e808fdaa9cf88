import type { HttpMatch, HttpRoute, Labels, StringMatch } from '../model/specs';
import type { PlacedHttpRoute } from './merged-virtual-service';

/**
 * A route of a delegate inside the route that delegates to it. Nothing when the two contradict each other: every
 * match of the delegate must lie within some match of the root.
 */
export function mergeDelegate(root: PlacedHttpRoute, leaf: PlacedHttpRoute): PlacedHttpRoute | undefined {
  const matches = mergeMatches(root, leaf);
  if (!matches) {
    return undefined;
  }
  const { delegate: _delegate, match: _match, route: _route, redirect: _redirect, ...inherited } = root.route;
  const names = [root.route.name, leaf.route.name].filter((it) => it);
  const route: HttpRoute = {
    ...inherited,
    ...leaf.route,
    match: matches.map((it) => it.match),
    ...(names.length > 0 && { name: names.join('-') }),
  };
  return { route, origin: leaf.origin, root: root.origin, matches };
}

type Matches = PlacedHttpRoute['matches'];

function mergeMatches(root: PlacedHttpRoute, leaf: PlacedHttpRoute): Matches | undefined {
  if (root.matches.length === 0 || leaf.matches.length === 0) {
    return root.matches.length === 0 ? leaf.matches : root.matches;
  }
  const merged = leaf.matches.map((own) =>
    root.matches
      .filter((it) => !contradict(it.match, own.match))
      .map((it) => {
        return { match: mergeMatch(it.match, own.match), origin: own.origin };
      }),
  );
  return merged.some((it) => it.length === 0) ? undefined : merged.flat();
}

function mergeMatch(root: HttpMatch, leaf: HttpMatch): HttpMatch {
  const { ignoreUriCase: _ignoreUriCase, ...inherited } = root;
  const gateways = leaf.gateways?.length ? leaf.gateways : root.gateways;
  const port = leaf.port || root.port;
  return {
    ...inherited,
    ...leaf,
    headers: { ...root.headers, ...leaf.headers },
    withoutHeaders: { ...root.withoutHeaders, ...leaf.withoutHeaders },
    queryParams: { ...root.queryParams, ...leaf.queryParams },
    sourceLabels: { ...root.sourceLabels, ...leaf.sourceLabels },
    ...(port && { port }),
    ...(gateways && { gateways }),
  };
}

function contradict(root: HttpMatch, leaf: HttpMatch): boolean {
  return (
    [root.uri, root.scheme, root.method, root.authority].some((it, index) =>
      stringsContradict(it, [leaf.uri, leaf.scheme, leaf.method, leaf.authority][index]),
    ) ||
    mapsContradict(root.headers, leaf.headers) ||
    mapsContradict(root.withoutHeaders, leaf.withoutHeaders) ||
    mapsContradict(root.queryParams, leaf.queryParams) ||
    (root.ignoreUriCase ?? false) !== (leaf.ignoreUriCase ?? false) ||
    Boolean(root.port && leaf.port && root.port !== leaf.port) ||
    Boolean(root.sourceNamespace && leaf.sourceNamespace !== root.sourceNamespace) ||
    labelsContradict(root.sourceLabels, leaf.sourceLabels) ||
    gatewaysContradict(root.gateways, leaf.gateways)
  );
}

type StringMatches = { readonly [name: string]: StringMatch };

function mapsContradict(root: StringMatches = {}, leaf: StringMatches = {}): boolean {
  return Object.entries(leaf).some(([name, match]) => stringsContradict(root[name], match));
}

function labelsContradict(root: Labels = {}, leaf: Labels = {}): boolean {
  return Object.entries(leaf).some(([name, value]) => root[name] !== undefined && root[name] !== value);
}

function gatewaysContradict(root: readonly string[] = [], leaf: readonly string[] = []): boolean {
  return (
    root.length > 0 && leaf.length > 0 && (root.length < leaf.length || leaf.some((it) => !root.includes(it)))
  );
}

function stringsContradict(root: StringMatch | undefined, leaf: StringMatch | undefined): boolean {
  if (!root || !leaf) {
    return false;
  }
  const written = (it: StringMatch): boolean => Boolean(it.regex || it.prefix || it.exact);
  if ((root.regex && written(leaf)) || (leaf.regex && written(root))) {
    return true;
  }
  if (root.exact) {
    return leaf.exact !== root.exact;
  }
  if (root.prefix) {
    const narrower = leaf.prefix || leaf.exact;
    return !narrower?.startsWith(root.prefix);
  }
  return true;
}
