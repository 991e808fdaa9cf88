import { hopsOf } from '../intent/hops';
import { type Probe, probesOfEntry, probesOfUnregistered } from '../intent/probes';
import { findGatewayProxy, gatewaysOn } from '../mesh/gateways';
import { hostsOverlap } from '../mesh/hosts';
import type { Origin } from '../mesh/origin';
import { virtualServices } from '../mesh/virtual-services';
import type { Finding } from '../model/finding';
import type { Resource } from '../model/resource';
import type { Hop, Outcome, TracedPath } from '../traffic/request';
import { trace } from '../traffic/trace';
import type { View } from '../workspace/view';
import type { EdgeState, Graph } from './graph';
import { GraphBuilder } from './graph-builder';

/**
 * The ways out of a scope, from the same answers as the findings: every request the files make people expect is
 * followed, and every finding about traffic is put onto the way it concerns.
 */
export function buildGraph(
  view: View,
  findings: readonly Finding[],
  resourcesOf: (finding: Finding) => readonly Origin[],
): Graph {
  const builder = new GraphBuilder();
  for (const probe of allProbes(view)) {
    for (const path of trace(view, probe.request)) {
      draw(view, builder, probe, path);
    }
  }
  for (const finding of findings.filter((it) => it.layer === 'traffic' || it.layer === 'analysis')) {
    attach(builder, finding, resourcesOf(finding));
  }
  return builder.build();
}

function allProbes(view: View): readonly Probe[] {
  return [
    ...view.all('ServiceEntry').flatMap((it) => probesOfEntry(view, it)),
    ...view.all('VirtualService').flatMap((it) => probesOfUnregistered(view, it)),
  ];
}

const failures: ReadonlySet<Outcome> = new Set([
  'no-route',
  'no-virtual-host',
  'no-cluster',
  'no-endpoints',
  'no-listener',
  'no-filter-chain',
  'ambiguous-filter-chain',
  'tls-mismatch',
  'protocol-error',
  'loop',
  'other-cluster',
]);

/** Draws one way of one request, lane by lane. */
function draw(view: View, builder: GraphBuilder, probe: Probe, path: TracedPath): void {
  const request = `${probe.host}:${probe.port}`;
  const { namespace } = probe.request.from;
  let from = builder.node({ id: `client ${namespace}`, kind: 'client', label: namespace });
  const state = stateOf(view, probe, path);
  const reason = reasonOf(probe, path, state);
  const steps = path.hops.flatMap((hop, index) => stepsOf(view, builder, hop, path, index));
  const target = builder.node(
    { id: `host ${probe.host}`, kind: 'host', label: probe.host, origin: probe.origin },
    String(probe.port),
  );
  for (const [index, step] of steps.entries()) {
    const last = index === steps.length - 1;
    // A broken way is intact up to where it breaks.
    builder.edge(from, step.id, {
      state: last && state === 'broken' && path.outcome === 'loop' ? state : 'ok',
      ...(reason && { reason }),
      request,
      places: step.places,
    });
    from = step.id;
  }
  const places = [...(path.hops.at(-1)?.decidedBy ?? []), probe.origin];
  builder.edge(from, target, { state, ...(reason !== undefined && { reason }), request, places });
}

function stateOf(view: View, probe: Probe, { outcome, via }: TracedPath): EdgeState {
  if (failures.has(outcome)) {
    return 'broken';
  }
  if (outcome === 'blocked' || outcome === 'not-evaluated') {
    return outcome;
  }
  const leaves = outcome === 'external' || outcome === 'passthrough';
  return leaves && via.length === 0 && isGoverned(view, probe.host) ? 'bypass' : 'ok';
}

/** Whether some route sends requests for this host to a gateway. */
function isGoverned(view: View, host: string): boolean {
  return view.derive('graph/is-governed', host, () =>
    virtualServices(view).some(
      (it) => it.hosts.some((own) => hostsOverlap(own, host)) && hopsOf(view, it).length > 0,
    ),
  );
}

function reasonOf(probe: Probe, { outcome, reason }: TracedPath, state: EdgeState): string | undefined {
  switch (state) {
    case 'ok':
      return undefined;
    case 'bypass':
      return `Requests to "${probe.host}:${probe.port}" leave directly from the sidecar, while others to this host are sent to a gateway`;
    case 'blocked':
      return (
        reason ??
        `Requests to "${probe.host}:${probe.port}" are refused: the mesh lets only registered hosts out`
      );
    default:
      return reason ?? `Requests to "${probe.host}:${probe.port}" end with ${outcome}`;
  }
}

interface Step {
  readonly id: string;
  readonly places: readonly Origin[];
}

/** The nodes one proxy adds: for a gateway itself, then the route that decided there. */
function stepsOf(view: View, builder: GraphBuilder, hop: Hop, path: TracedPath, index: number): Step[] {
  const steps: Step[] = [];
  if (hop.proxy.startsWith('gateway ')) {
    const id = path.via[index - 1] ?? hop.proxy.slice('gateway '.length);
    steps.push(gatewayStep(view, builder, id, hop));
    return steps;
  }
  const route = hop.decidedBy.find((it) => it.resource.kind === 'VirtualService');
  if (route) {
    const { resource } = route;
    const id = `route ${resource.namespace}/${resource.name}`;
    const label = resource.namespace === 'default' ? resource.name : `${resource.namespace}/${resource.name}`;
    const node = builder.node({ id, kind: 'route', label, origin: { resource, path: ['metadata', 'name'] } });
    steps.push({ id: node, places: [route] });
  }
  return steps;
}

function gatewayStep(view: View, builder: GraphBuilder, id: string, hop: Hop): Step {
  const [namespace, name] = id.split('/');
  const proxy = findGatewayProxy(view, `${name}.${namespace}.svc.cluster.local`);
  const gateways = proxy ? gatewaysOn(view, proxy) : [];
  const home: Resource | undefined = proxy?.service.resource ?? gateways[0]?.resource;
  const node = builder.node({
    id: `gateway ${id}`,
    kind: 'gateway',
    label: id,
    ...(home && { origin: { resource: home, path: ['metadata', 'name'] } }),
  });
  return { id: node, places: hop.decidedBy };
}

/** A finding that no drawn way touches still gets an edge, from what is wrong to where it should lead. */
function attach(builder: GraphBuilder, finding: Finding, places: readonly Origin[]): void {
  const state: EdgeState = finding.code === 'service-entry/port-bypasses-gateway' ? 'bypass' : 'broken';
  if (finding.severity === 'info' || finding.severity === 'hint') {
    return;
  }
  const own = places.slice(0, 1);
  if (builder.attach(finding, own, state) || builder.attach(finding, places, state) || own.length === 0) {
    return;
  }
  const { resource } = own[0]!;
  const from = builder.node({
    id: `route ${resource.namespace}/${resource.name}`,
    kind: 'route',
    label: `${resource.writtenKind} ${resource.name}`,
    origin: own[0]!,
  });
  const hosts = hostsMeant(resource);
  for (const host of hosts.length > 0 ? hosts : ['?']) {
    const to = builder.node({ id: `host ${host}`, kind: 'host', label: host, origin: own[0]! });
    builder.edge(from, to, { state, reason: finding.message, places: own });
  }
  builder.attach(finding, own, state);
}

function hostsMeant(resource: Resource): readonly string[] {
  switch (resource.kind) {
    case 'VirtualService':
    case 'ServiceEntry':
      return resource.spec.hosts ?? [];
    case 'Gateway':
      return (resource.spec.servers ?? []).flatMap((it) => it.hosts ?? []).slice(0, 3);
    case 'DestinationRule':
      return resource.spec.host === undefined ? [] : [resource.spec.host];
    default:
      return [];
  }
}
