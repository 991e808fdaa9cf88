import { completeRoute, type RouteAction, routeActions } from './generate/route-for';
import type { RouteWish } from './generate/wish';
import { hopsOf } from './intent/hops';
import { serversNaming } from './intent/intended-gateway';
import { coversPort } from './intent/read-blocks';
import { proxiesOf } from './mesh/gateways';
import { isWildcard } from './mesh/hosts';
import { parseProtocol } from './mesh/protocols';
import { virtualServicesFor } from './mesh/routed-hosts';
import type { Finding, Fix } from './model/finding';
import type { Resource } from './model/resource';
import { portBypassesGateway } from './rules/service-entry/port-bypasses-gateway';
import { requestsBypassGateway } from './rules/service-entry/requests-bypass-gateway';
import type { LiveScope, Workspace } from './workspace/workspace';
import type { Path } from './yaml/node';

/** Whether a finding tells of a port that nobody routes, so that the route may take requests that left directly. */
export function isOfUnroutedPort({ code }: Pick<Finding, 'code'>): boolean {
  return code === portBypassesGateway.name;
}

/** Whether {@link routeFixes} may have something for a finding; cheap. */
export function isMendedByRoute({ code, layer, severity }: Finding): boolean {
  return code === portBypassesGateway.name || (layer === 'traffic' && severity !== 'info');
}

/**
 * What the generator would write and change for the hosts of the VirtualService or ServiceEntry that a finding is about.
 * Nothing where documents would need a file of their own: the editor offers those as "Generate egress route". Preferred
 * only for a port that is left out, where the finding names every document that is changed.
 */
export function routeFixes(workspace: Workspace, finding: Finding): readonly Fix[] {
  const { slot, at } = finding;
  const located = isMendedByRoute(finding) ? workspace.locate(slot) : undefined;
  const [live] = located ? workspace.scopesOf(located.file.uri) : [];
  if (!located || !live || !('path' in at)) {
    return [];
  }
  const place = { slot, document: located.entry.document, path: at.path };
  const route = resourceAt(live, 'VirtualService', finding, at.path);
  const actions: readonly RouteAction[] = route
    ? namesOf(route).flatMap((host) => completeRoute(live.scope, route, host, place) ?? [])
    : isOfUnroutedPort(finding)
      ? routeActions(live.scope, place)
      : isSent(live, finding, at.path)
        ? routeActions(live.scope, place, wishAt(live, finding, at.path))
        : [];
  const named = new Set([slot, ...finding.related.map((it) => it.slot)]);
  return actions
    .filter(({ files, changes }) => files.length === 0 && changes.length > 0)
    .map(({ plan, changes }) => ({
      title: isOfUnroutedPort(finding)
        ? `Send all ports of "${plan.host}" through the gateway`
        : `Complete the route for "${plan.host}"`,
      preferred:
        isOfUnroutedPort(finding) && finding.severity !== 'info' && changes.every((it) => named.has(it.slot)),
      changes,
    }));
}

/** More hosts than this are not completed one by one. */
const mostHosts = 3;

function namesOf({ spec }: Resource<'VirtualService'>): readonly string[] {
  return (spec.hosts ?? []).filter((it) => !isWildcard(it)).slice(0, mostHosts);
}

function resourceAt<K extends 'VirtualService' | 'ServiceEntry'>(
  { scope }: LiveScope,
  kind: K,
  { slot }: Finding,
  path: Path,
): Resource<K> | undefined {
  return scope
    .all(kind)
    .find((it) => it.slot === slot && it.base.every((step, index) => path[index] === step));
}

/**
 * Where only the gateway's half of a way is written, nobody knows which requests it was for; the editor offers the whole
 * route for the host then. A route that sidecars follow for the port, and that leads past the gateway, says it.
 */
function isSent(live: LiveScope, finding: Finding, path: Path): boolean {
  const entry = resourceAt(live, 'ServiceEntry', finding, path);
  if (!entry || finding.code !== requestsBypassGateway.name) {
    return true;
  }
  const { ports: [port] = [] } = wishAt(live, finding, path);
  const protocol = parseProtocol(port?.protocol);
  return (entry.spec.hosts ?? [])
    .flatMap((host) => virtualServicesFor(live.scope, host))
    .some((it) => hopsOf(live.scope, it).length > 0 || (port && coversPort(it, port.number, protocol)));
}

/** The port that a finding on a ServiceEntry stands on, through the gateway that waits for it; the others are as they are. */
function wishAt(live: LiveScope, finding: Finding, path: Path): Pick<RouteWish, 'ports' | 'gateway'> {
  const entry = resourceAt(live, 'ServiceEntry', finding, path);
  const [spec, list, index] = path.slice(entry?.base.length ?? 0);
  const isPort = spec === 'spec' && list === 'ports' && typeof index === 'number';
  const { number, protocol } = (isPort && entry?.spec.ports?.[index]) || {};
  if (!entry || number === undefined) {
    return {};
  }
  const waiting = (entry.spec.hosts ?? []).flatMap((host) => serversNaming(live.scope, host));
  const proxies = new Map(
    waiting.flatMap(({ gateway }) => proxiesOf(live.scope, gateway)).map((it) => [it.id, it]),
  );
  const [proxy] = proxies.size === 1 ? [...proxies.values()] : [];
  return {
    ports: [{ number, ...(protocol !== undefined && { protocol }) }],
    ...(proxy && { gateway: { namespace: proxy.service.namespace, name: proxy.service.name } }),
  };
}
