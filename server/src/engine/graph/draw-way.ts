import { isGoverned } from '../intent/governed';
import { failures, type Way } from '../intent/ways';
import { findGatewayProxy, gatewaysOn } from '../mesh/gateways';
import type { Origin } from '../mesh/origin';
import type { Resource } from '../model/resource';
import type { Hop, Request, TracedPath } from '../traffic/request';
import type { View } from '../workspace/view';
import type { EdgeState } from './graph';
import type { GraphBuilder } from './graph-builder';

/** Draws one way of one request, lane by lane. A broken way is intact up to where it breaks. */
export function drawWay(view: View, builder: GraphBuilder, way: Way): void {
  const { probe, path, request } = way;
  const { namespace } = probe.request.from;
  let from = builder.node({ id: `client ${namespace}`, kind: 'client', label: namespace }, 'namespace');
  let sent: readonly Origin[] = [];
  for (const [index, hop] of path.hops.entries()) {
    const step = stepOf(view, builder, hop, path.via[index - 1]);
    if (step) {
      builder.edge(from, step.id, { state: 'ok', request, places: [...step.places, ...sent] });
      from = step.id;
    }
    sent = hop.decidedBy;
  }
  const host = { id: `host ${probe.host}`, kind: 'host', label: probe.host, origin: probe.origin } as const;
  const target = builder.node(host, String(probe.port));
  const state = stateOf(view, way);
  const reason = reasonOf(way, state);
  // Where requests fail may be the fault of any proxy before.
  const earlier = state === 'broken' ? path.hops.slice(0, -1).flatMap((it) => it.decidedBy) : [];
  const places = [...sent, ...earlier, probe.origin];
  builder.edge(from, target, { state, ...(reason !== undefined && { reason }), request, places });
}

function stateOf(view: View, { probe, path: { outcome, via } }: Way): EdgeState {
  if (failures.has(outcome)) {
    return 'broken';
  }
  if (outcome === 'blocked' || outcome === 'not-evaluated') {
    return outcome;
  }
  const leaves = outcome === 'external' || outcome === 'passthrough';
  return leaves && via.length === 0 && isGoverned(view, probe.host) ? 'bypass' : 'ok';
}

function reasonOf({ path: { outcome, reason, hops }, request }: Way, state: EdgeState): string | undefined {
  switch (state) {
    case 'ok':
      return undefined;
    case 'bypass':
      return `Requests to "${request}" leave directly from the sidecar, while others to this host are sent to a gateway`;
    case 'blocked':
      return `Requests to "${request}" are refused: ${reason ?? 'the mesh lets only registered hosts out'}`;
    case 'not-evaluated':
      return `Requests to "${request}" were not followed: ${reason ?? 'something in the way is not known'}`;
    case 'broken':
      return `Requests to "${request}" fail at the ${hops.at(-1)?.proxy ?? 'sidecar'}: ${reason ?? outcome}`;
  }
}

interface Step {
  readonly id: string;
  readonly places: readonly Origin[];
}

/** The node one proxy adds: a gateway itself, of a sidecar the route that decided there. */
function stepOf(view: View, builder: GraphBuilder, hop: Hop, passed: string | undefined): Step | undefined {
  if (isGateway(hop)) {
    // What it decides belongs to the edge that leaves it.
    return { id: gatewayNode(view, builder, gatewayOf(hop, passed)), places: [] };
  }
  const route = routeIn(hop);
  return route && { id: routeNode(builder, route.resource), places: [route] };
}

/** The nodes of a way in their order, whether they are drawn or not; without the host, which a way may not know. */
export function stationsOf({ from }: Request, { hops, via }: TracedPath): readonly string[] {
  const steps = hops.flatMap((hop, index) => {
    const route = routeIn(hop);
    return isGateway(hop)
      ? [`gateway ${gatewayOf(hop, via[index - 1])}`]
      : route
        ? [routeId(route.resource)]
        : [];
  });
  return [`client ${from.namespace}`, ...steps];
}

const isGateway = ({ proxy }: Hop): boolean => proxy.startsWith('gateway ');

const gatewayOf = ({ proxy }: Hop, passed: string | undefined): string =>
  passed ?? proxy.slice('gateway '.length);

const routeIn = ({ decidedBy }: Hop): Origin | undefined => decidedBy.find((it) => isRoute(it.resource));

function isRoute({ kind, writtenKind }: Resource): boolean {
  return kind === 'VirtualService' || /^(?:HTTP|GRPC|TLS|TCP)Route$/.test(writtenKind);
}

function routeId({ writtenKind, namespace, name }: Resource): string {
  return `route ${writtenKind} ${namespace}/${name}`;
}

export function routeNode(builder: GraphBuilder, resource: Resource): string {
  const { namespace, name, writtenKind } = resource;
  return builder.node(
    {
      id: routeId(resource),
      kind: 'route',
      label: namespace === 'default' ? name : `${namespace}/${name}`,
      origin: { resource, path: ['metadata', 'name'] },
    },
    writtenKind,
  );
}

/** A gateway is named by its Service, `namespace/name`. */
export function gatewayNode(view: View, builder: GraphBuilder, id: string): string {
  const [namespace, name] = id.split('/');
  const proxy = findGatewayProxy(view, `${name}.${namespace}.svc.cluster.local`);
  const gateways = proxy ? gatewaysOn(view, proxy) : [];
  const resource: Resource | undefined = proxy?.service.resource ?? gateways[0]?.resource;
  return builder.node(
    {
      id: `gateway ${id}`,
      kind: 'gateway',
      label: id,
      ...(resource && { origin: { resource, path: ['metadata', 'name'] } }),
    },
    'gateway',
  );
}
