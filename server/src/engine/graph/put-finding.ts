import { proxiesOf, toGateway } from '../mesh/gateways';
import { hostsOverlap, splitNamespacedHost } from '../mesh/hosts';
import type { Origin } from '../mesh/origin';
import type { Finding } from '../model/finding';
import type { Resource } from '../model/resource';
import type { View } from '../workspace/view';
import { gatewayNode, routeNode } from './draw-way';
import type { EdgeState, PlacedFinding } from './graph';
import type { DraftEdge, GraphBuilder } from './graph-builder';

/**
 * Puts a finding onto the edges it explains: those that are not as they should be already, else those that its place
 * takes part in. A defeated intent that no drawn way shows gets an edge of its own, from what is wrong to where it
 * should lead.
 */
export function putFinding(view: View, builder: GraphBuilder, { finding, places }: PlacedFinding): void {
  const [own, ...others] = places;
  if (!own) {
    return;
  }
  const touched = builder.touching([own]);
  const explained = edgesExplained(builder, touched, own, others);
  if (explained.length > 0) {
    explained.forEach((edge) => void explain(edge, finding, own));
  } else if (finding.severity === 'error' || finding.severity === 'warning') {
    const wrong = touched.length > 0 ? touched : ownEdges(view, builder, own);
    for (const edge of wrong) {
      edge.state = stateFor(finding);
      explain(edge, finding, own);
    }
  }
}

/** Edges that are wrong already, the likeliest to be meant first. */
function edgesExplained(
  builder: GraphBuilder,
  touched: readonly DraftEdge[],
  own: Origin,
  others: readonly Origin[],
): readonly DraftEdge[] {
  const wrong = touched.filter(isWrong);
  if (wrong.length > 0) {
    return wrong;
  }
  const hosts = hostsMeant(own.resource);
  const meant = hosts.flatMap((it) => builder.edgesTo(`host ${it}`)).filter(isWrong);
  const broken = meant.filter(({ state }) => state !== 'bypass');
  if (broken.length > 0) {
    return broken;
  }
  const related = builder
    .touching(others)
    .filter((edge) => isWrong(edge) && (edge.state !== 'bypass' || concerns(edge, hosts)));
  // Where the object takes part in no way at all, requests going past the gateway are what comes of it.
  return related.length > 0 || touched.length > 0 ? related : meant;
}

function isWrong({ state }: DraftEdge): boolean {
  return state !== 'ok';
}

/** The first finding says why; what the trace saw is the reason where no finding does. */
function explain(edge: DraftEdge, finding: Finding, own: Origin): void {
  if (edge.findings.size === 0) {
    edge.reason = finding.message;
    edge.origin = own;
  }
  edge.findings.add(finding);
}

function stateFor({ code }: Finding): EdgeState {
  return code === 'service-entry/port-bypasses-gateway' ? 'bypass' : 'broken';
}

/** Whether an edge leads to one of the hosts. */
function concerns({ to }: DraftEdge, hosts: readonly string[]): boolean {
  return to.startsWith('host ') && hosts.some((it) => hostsOverlap(it, to.slice('host '.length)));
}

function ownEdges(view: View, builder: GraphBuilder, own: Origin): readonly DraftEdge[] {
  const { resource } = own;
  const [gateway] = resource.kind === 'Gateway' ? proxiesOf(view, toGateway(resource)) : [];
  const from = gateway ? gatewayNode(view, builder, gateway.id) : routeNode(builder, resource);
  const hosts = hostsMeant(resource);
  return (hosts.length > 0 ? hosts : ['?']).map((host) => {
    const to = builder.node({ id: `host ${host}`, kind: 'host', label: host, origin: own });
    return builder.edge(from, to, { state: 'ok', places: [own] });
  });
}

/** The hosts outside that an object is about, as written. */
function hostsMeant(resource: Resource): readonly string[] {
  switch (resource.kind) {
    case 'VirtualService':
    case 'ServiceEntry':
      return resource.spec.hosts ?? [];
    case 'Gateway':
      return (resource.spec.servers ?? []).flatMap(
        (it) => it.hosts?.map((host) => splitNamespacedHost(host).host) ?? [],
      );
    case 'DestinationRule':
      return resource.spec.host === undefined ? [] : [resource.spec.host];
    default:
      return [];
  }
}
