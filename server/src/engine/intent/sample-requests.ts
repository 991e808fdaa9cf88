import { memoize } from '../mesh/derive';
import { meshGateway } from '../mesh/hosts';
import type { MergedVirtualService } from '../mesh/merged-virtual-service';
import { virtualServicesFor } from '../mesh/routed-hosts';
import type { HttpMatch, StringMatch } from '../model/specs';
import type { Request } from '../traffic/request';
import type { View } from '../workspace/view';
import { countsAt, type GatewayHop, hopsOf, isForGateways, routesOf } from './hops';
import type { Probe } from './probes';
import { isReadFor, matchesPort } from './read-blocks';

/** A request that a route to a gateway was written for, where that takes certain requests only. */
export interface Sample {
  readonly probe: Probe;
  readonly hop: GatewayHop;
  /** What sets it apart, such as a path or a header. */
  readonly label: string;
}

/** One for each match of the routes to a gateway that looks at more than host and port. */
export function samplesOf(view: View, probe: Probe): readonly Sample[] {
  const hops = virtualServicesFor(view, probe.host)
    .filter(hasCloseMatches)
    .flatMap((it) => hopsOf(view, it));
  return hops
    .filter(
      (it) =>
        it.block === 'http' &&
        isReadFor('http', probe.protocol) &&
        matchesPort(it, meshGateway, probe.port) &&
        it.authority === undefined,
    )
    .flatMap((hop) =>
      hop.matches
        .filter(({ match }) => countsAt(match, meshGateway) && isFrom(match, probe))
        .flatMap(({ match }) => {
          const request = satisfying(match, probe.request);
          return request ? [{ probe: { ...probe, request }, hop, label: labelOf(request) }] : [];
        }),
    );
}

/** One for each match by which a gateway tells apart the requests that come to it. */
export function samplesAtGateway(view: View, probe: Probe): readonly Omit<Sample, 'hop'>[] {
  if (!isReadFor('http', probe.protocol)) {
    return [];
  }
  const routes = virtualServicesFor(view, probe.host)
    .filter(hasCloseMatches)
    .flatMap((it) => routesOf(it).filter((route) => route.block === 'http' && isForGateways(it, route)));
  return routes
    .flatMap(({ matches }) => matches)
    .flatMap(({ match }) => {
      const request = satisfying(match, probe.request);
      return request ? [{ probe: { ...probe, request }, label: labelOf(request) }] : [];
    });
}

/** Most VirtualServices look at hosts and ports alone, so there is nothing to make up. */
const hasCloseMatches = memoize(({ http }: MergedVirtualService): boolean =>
  http.some(({ matches }) => matches.some(({ match }) => conditionsOf(match).length > 0)),
);

function conditionsOf({ uri, method, headers = {}, queryParams = {} }: HttpMatch): readonly StringMatch[] {
  const all = [uri, method, ...Object.values(headers), ...Object.values(queryParams)];
  return all.filter((it) => it !== undefined);
}

function isFrom({ sourceNamespace, sourceLabels }: HttpMatch, { request }: Probe): boolean {
  return (
    (sourceNamespace ?? request.from.namespace) === request.from.namespace &&
    Object.keys(sourceLabels ?? {}).length === 0
  );
}

/** Nothing when the match looks at nothing of a request, or at more than can be made up. */
export function satisfying(match: HttpMatch, request: Request, textFor = plainText): Request | undefined {
  const { uri, method, headers = {}, queryParams = {}, withoutHeaders, authority } = match;
  const conditions = conditionsOf(match);
  const isImpossible = conditions.some((it) => textFor(it) === undefined);
  if (isImpossible || authority || withoutHeaders || conditions.length === 0) {
    return undefined;
  }
  const query = Object.entries(queryParams).map(([name, it]) => `${name}=${textFor(it)}`);
  const named = Object.entries(headers).map(([name, it]) => [name, textFor(it)!] as const);
  return {
    ...request,
    path: `${uri ? textFor(uri) : (request.path ?? '/')}${query.length > 0 ? `?${query.join('&')}` : ''}`,
    ...(method && { method: textFor(method)! }),
    ...(named.length > 0 && { headers: Object.fromEntries(named) }),
  };
}

/** A text that such a match takes. Texts for expressions cannot be made up; a match without a value asks for presence. */
function plainText({ exact, prefix, regex }: StringMatch): string | undefined {
  return exact ?? prefix ?? (regex === undefined ? 'any' : undefined);
}

/** What of such a request is unlike others to its host. */
export function labelOf({ path = '/', method, headers }: Request): string {
  const parts = [
    ...(method === undefined ? [] : [method]),
    ...Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`),
  ];
  return `${path === '/' ? '' : path}${parts.length > 0 ? ` (${parts.join(', ')})` : ''}`;
}
