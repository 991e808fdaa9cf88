import type { AnyRoute, RouteBlock } from '../intent/hops';
import type { Resource } from '../model/resource';
import type { RouteDestination, RouteMatch } from '../model/specs';
import type { YamlEdit, YamlValue } from '../yaml/edit';

/**
 * Moves a route into another block. Conditions on paths or headers have no counterpart below HTTP, so a route that
 * has some is left to its author.
 */
export function convertRoute(
  { spec }: Resource<'VirtualService'>,
  { block, origin }: AnyRoute,
  wanted: RouteBlock,
  hosts: readonly string[],
): readonly YamlEdit[] | undefined {
  const index = origin.path[2];
  const written = typeof index === 'number' ? spec[block]?.[index] : undefined;
  if (!written || !isPlain(written)) {
    return undefined;
  }
  const matches = (written.match ?? []).map((match): YamlValue => convertMatch(match, wanted, hosts));
  // A TLS route without SNI is refused, so one is made where there was no match at all.
  const match = matches.length > 0 ? matches : wanted === 'tls' ? [{ sniHosts: [...hosts] }] : undefined;
  const value = { match, route: (written.route ?? []) as unknown as YamlValue };
  const rest = spec[block]!.length > 1;
  const removal: YamlEdit = { op: 'remove', path: rest ? origin.path : ['spec', block] };
  return [removal, { op: 'insert', path: ['spec', wanted], value }];
}

/** Nothing but matches that every block has, and destinations. */
function isPlain(route: {
  readonly match?: readonly object[];
  readonly route?: readonly RouteDestination[];
}): boolean {
  const simple = Object.keys(route).every((key) => key === 'match' || key === 'route' || key === 'name');
  const matches = (route.match ?? []).every((match) =>
    Object.keys(match).every((key) => common.has(key) || key === 'sniHosts'),
  );
  return simple && matches && (route.route ?? []).every((it) => it.headers === undefined);
}

const common = new Set(['gateways', 'port', 'sourceLabels', 'sourceNamespace', 'name']);

function convertMatch(match: RouteMatch, wanted: RouteBlock, hosts: readonly string[]): YamlValue {
  const { gateways, port, sourceLabels, sourceNamespace } = match;
  return {
    gateways,
    port,
    ...(wanted === 'tls' && { sniHosts: [...hosts] }),
    sourceLabels,
    sourceNamespace,
  };
}
