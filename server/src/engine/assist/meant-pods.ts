import { isSelectedBy } from '../mesh/destination-rules';
import { type Origin, origin } from '../mesh/origin';
import { allServices } from '../mesh/registry';
import type { MeshService } from '../mesh/service';
import { podsIn, podsOf } from '../mesh/workloads';
import { labels as readLabels } from '../model/guards';
import type { Resource } from '../model/resource';
import type { Labels } from '../model/specs';
import type { View } from '../workspace/view';
import { valueAt } from './manifest';
import { servicesFor } from './meant-services';
import { hostBeside } from './meant-subsets';
import type { Site } from './reference-sites';

/** The Services and the workloads that labels select. */
export function podsMeant(view: View, site: Site): readonly Origin[] {
  const { manifest, path } = site;
  const labels = readLabels(valueAt(manifest.object, path));
  if (Object.keys(labels).length === 0) {
    return [];
  }
  if (manifest.kind === 'Gateway') {
    const services = servicesBehind(view, labels).flatMap(({ resource }) =>
      resource ? [origin(resource, 'spec', 'selector')] : [],
    );
    return [...services, ...selected(view.all('Workload'), labels)];
  }
  if (path.includes('subsets')) {
    return endpointsMeant(view, site, labels);
  }
  if (path.includes('sourceLabels')) {
    return selected(view.all('Workload'), labels);
  }
  return selected(workloadsIn(view, manifest.namespace), labels);
}

/** The Services whose pods have these labels. Without labels every gateway is meant, and none in particular. */
export function servicesBehind(view: View, labels: Labels): readonly MeshService[] {
  if (Object.keys(labels).length === 0) {
    return [];
  }
  return allServices(view).filter(
    (it) => it.registry === 'kubernetes' && podsOf(view, it).some((pod) => isSelectedBy(labels, pod.labels)),
  );
}

/** The labels that pods of a place may have, for the places that select some. */
export function labelsOffered(
  view: View,
  site: Site,
): readonly { readonly labels: Labels; readonly owner: string }[] {
  const { manifest, path } = site;
  if (path.includes('subsets')) {
    const host = hostBeside(site);
    return servicesFor(view, host, manifest.namespace).flatMap((service) => [
      ...podsOf(view, service).map((pod) => ({ labels: pod.labels, owner: `${pod.namespace}/${pod.name}` })),
      ...endpointsOf(service).map((it) => ({ labels: it.labels ?? {}, owner: service.hostname })),
    ]);
  }
  const everywhere = manifest.kind === 'Gateway' || path.includes('sourceLabels');
  const workloads = everywhere ? view.all('Workload') : workloadsIn(view, manifest.namespace);
  const pods = workloads.map((it) => ({
    labels: it.spec.labels ?? {},
    owner: `${it.writtenKind} ${it.namespace}/${it.name}`,
  }));
  const services =
    manifest.kind === 'Gateway'
      ? allServices(view).filter((it) => it.selector && it.registry === 'kubernetes')
      : [];
  return [
    ...pods,
    ...services.map((it) => ({ labels: it.selector!, owner: `Service ${it.namespace}/${it.name}` })),
  ];
}

function endpointsMeant(view: View, site: Site, labels: Labels): readonly Origin[] {
  return servicesFor(view, hostBeside(site), site.manifest.namespace).flatMap((service) => [
    ...podsOf(view, service)
      .filter((pod) => isSelectedBy(labels, pod.labels))
      .flatMap(({ resource }) => (resource ? [podLabels(resource)] : [])),
    ...endpointsOf(service).flatMap((endpoint, index) =>
      isSelectedBy(labels, endpoint.labels ?? {})
        ? [origin(service.resource!, 'spec', 'endpoints', index, 'labels')]
        : [],
    ),
  ]);
}

function endpointsOf({ resource }: MeshService): readonly { readonly labels?: Labels }[] {
  return resource?.kind === 'ServiceEntry' ? (resource.spec.endpoints ?? []) : [];
}

function workloadsIn(view: View, namespace: string): readonly Resource<'Workload'>[] {
  return podsIn(view, namespace).flatMap((it) => it.resource ?? []);
}

function selected(workloads: readonly Resource<'Workload'>[], labels: Labels): readonly Origin[] {
  return workloads.filter((it) => isSelectedBy(labels, it.spec.labels ?? {})).map(podLabels);
}

function podLabels(resource: Resource<'Workload'>): Origin {
  return resource.writtenKind === 'Pod'
    ? origin(resource, 'metadata', 'labels')
    : origin(resource, 'spec', 'template', 'metadata', 'labels');
}
