import { isSelectedBy } from '../../mesh/destination-rules';
import { knownGateways } from '../../mesh/installed-gateways';
import { sameResource } from '../../mesh/origin';
import { type Pod, podsIn } from '../../mesh/workloads';
import type { Resource } from '../../model/resource';
import type { Labels } from '../../model/specs';
import { groupByEach } from '../../text/collections';
import type { View } from '../../workspace/view';
import { defaultGateway } from './default-gateway';
import { seen } from './message';

/** A Pod that istioctl would find in a cluster which has these files. */
export interface PresentPod {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly placed: Labels;
  /** Absent for the Pods of gateways that no file declares. */
  readonly resource?: Resource<'Workload'>;
}

/** The Pods of all namespaces that a selector picks; an empty one picks every Pod. */
export function selectedPods(view: View, selector: Labels): readonly PresentPod[] {
  return candidates(view, selector).filter((it) => isSelectedBy(selector, it.labels));
}

/** The same with the labels that istiod adds for the node a Pod runs on. */
export function placedPods(view: View, selector: Labels): readonly PresentPod[] {
  return candidates(view, selector).filter((it) => isSelectedBy(selector, it.placed));
}

function candidates(view: View, selector: Labels): readonly PresentPod[] {
  const [first] = Object.entries(selector);
  return view.lookUp('istioctl/pods', first ? labelKey(first) : '', () => podsByLabel(view), samePod);
}

function labelKey([name, value]: readonly [string, string]): string {
  return `${name}=${value}`;
}

function podsByLabel(view: View): ReadonlyMap<string, readonly PresentPod[]> {
  return groupByEach(presentPods(view), ({ labels, placed }) => [
    '',
    ...[...Object.entries(labels), ...Object.entries(placed)].map(labelKey),
  ]);
}

function presentPods(view: View): readonly PresentPod[] {
  const namespaces = new Set(seen(view, 'Workload').map((it) => it.namespace));
  const written = [...namespaces].flatMap((it) => podsIn(view, it));
  const nodes = written.some((it) => it.resource?.spec.nodeName) ? nodesByName(view) : undefined;
  return [
    ...written.map((it) => ({ ...it, placed: placedLabels(it, nodes) })),
    ...[...defaultGateway(view), ...knownGateways(view)].map(({ namespace, name, labels }): PresentPod => {
      return { namespace, name, labels, placed: labels };
    }),
  ];
}

type Nodes = ReadonlyMap<string, Resource<'Other'>>;

function nodesByName(view: View): Nodes {
  const nodes = seen(view, 'Other').filter((it) => it.writtenKind === 'Node');
  return new Map(nodes.map((it) => [it.name, it]));
}

const zone = 'topology.kubernetes.io/zone';
const topology = ['topology.kubernetes.io/region', zone, 'topology.istio.io/subzone'];

/** A subzone without a zone is lost. */
function placedLabels({ labels, resource }: Pod, nodes: Nodes | undefined): Labels {
  const nodeName = resource?.spec.nodeName;
  if (!nodeName) {
    return labels;
  }
  const node = nodes?.get(nodeName)?.labels ?? {};
  const places = node[zone] ? topology : topology.slice(0, 1);
  const known = places.flatMap((name) => (node[name] ? [[name, node[name]] as const] : []));
  return { ...labels, ...Object.fromEntries(known), 'kubernetes.io/hostname': nodeName };
}

function samePod(a: PresentPod, b: PresentPod): boolean {
  return (
    sameResource(a.resource, b.resource) &&
    a.name === b.name &&
    a.namespace === b.namespace &&
    JSON.stringify([a.labels, a.placed]) === JSON.stringify([b.labels, b.placed])
  );
}
