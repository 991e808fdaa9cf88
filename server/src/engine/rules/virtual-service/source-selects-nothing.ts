import { countsAt, type GatewayHop, hopsOf, isFromMesh, type PlacedMatch } from '../../intent/hops';
import { isSelectedBy } from '../../mesh/destination-rules';
import { meshGateway } from '../../mesh/hosts';
import { sameResource } from '../../mesh/origin';
import { mergedVirtualService } from '../../mesh/virtual-services';
import { isExportedTo } from '../../mesh/visibility';
import { type Pod, podsIn } from '../../mesh/workloads';
import type { Labels } from '../../model/specs';
import type { View } from '../../workspace/view';
import { isSlip } from '../missing';
import { edit, type RuleFinding, rule } from '../rule';

export const sourceSelectsNothing = rule({
  name: 'virtual-service/source-selects-nothing',
  layer: 'traffic',
  severity: 'warning',
  summary: 'A route to the egress gateway is for workloads with labels that no workload has.',
  on: 'VirtualService',

  *check(resource, view) {
    const virtualService = mergedVirtualService(view, resource);
    for (const hop of hopsOf(view, virtualService).filter(isFromMesh)) {
      for (const it of hop.matches) {
        const labels = sourceLabels(hop, it);
        if (labels && sameResource(it.origin.resource, resource)) {
          const found = finding(view, hop, it, labels);
          if (found) {
            yield found;
          }
        }
      }
    }
  },
});

/** Beside `gateways` Istio looks at no source of an HTTP request. */
function sourceLabels({ block }: GatewayHop, { match }: PlacedMatch): Labels | undefined {
  const { sourceLabels: labels = {}, gateways = [] } = match;
  const isRead = countsAt(match, meshGateway) && (block !== 'http' || gateways.length === 0);
  return isRead && Object.keys(labels).length > 0 ? labels : undefined;
}

function finding(
  view: View,
  hop: GatewayHop,
  { match, origin }: PlacedMatch,
  labels: Labels,
): RuleFinding | undefined {
  const pods = sources(view, hop, match.sourceNamespace);
  if (
    pods.length === 0 ||
    view.hasPartial('Workload') ||
    pods.some((it) => isSelectedBy(labels, it.labels))
  ) {
    return undefined;
  }
  const path = [...origin.path, 'sourceLabels'];
  const slip = misspelt(labels, pods);
  const written = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return {
    path,
    part: 'key',
    message: `No workload of these files has the labels ${written.join(', ')}, so this route to the gateway "${hop.proxy.id}" is for nobody, and other requests do not follow it`,
    severity: view.settings.closedWorld || slip ? 'warning' : 'info',
    related: slip?.pod.resource
      ? [{ resource: slip.pod.resource, path: ['metadata', 'name'], message: 'This has almost the same' }]
      : [],
    fixes: slip
      ? [
          edit(
            `Change to "${slip.value}"`,
            origin.resource,
            [{ op: 'set', path: [...path, slip.name], value: slip.value }],
            { preferred: true },
          ),
        ]
      : [],
  };
}

/** The workloads that get the route, but for gateways. */
function sources(view: View, hop: GatewayHop, sourceNamespace: string | undefined): readonly Pod[] {
  const { exportTo, namespace: home } = hop.virtualService;
  return [...new Set(view.all('Workload').map((it) => it.namespace))]
    .filter((it) => (sourceNamespace ?? it) === it && isExportedTo(exportTo, home, it))
    .flatMap((it) => podsIn(view, it))
    .filter((it) => !it.proxyOnly && !isSelectedBy(hop.proxy.labels, it.labels));
}

function misspelt(
  labels: Labels,
  pods: readonly Pod[],
): { readonly pod: Pod; readonly name: string; readonly value: string } | undefined {
  for (const pod of pods) {
    const wrong = Object.entries(labels).filter(([name, value]) => pod.labels[name] !== value);
    const [name, written] = wrong[0] ?? [];
    const value = name === undefined ? undefined : pod.labels[name];
    if (wrong.length === 1 && value !== undefined && isSlip(written!, value)) {
      return { pod, name: name!, value };
    }
  }
  return undefined;
}
