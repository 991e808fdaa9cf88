import { type Backend, readBackend, weightOf } from '../../mesh/gateway-api/backends';
import { gatewayNameLabel } from '../../mesh/gateway-api/classes';
import { isApiRoute, mapsIn, textsIn } from '../../mesh/gateway-api/objects';
import { parentsOf } from '../../mesh/gateway-api/parents';
import { isWildcard, kubernetesName } from '../../mesh/hosts';
import { allServices, portOf, servicesNamed } from '../../mesh/registry';
import type { MeshService } from '../../mesh/service';
import { type Fields, text } from '../../model/guards';
import type { Resource } from '../../model/resource';
import { nearest } from '../../text/nearest';
import type { View } from '../../workspace/view';
import type { Path } from '../../yaml/node';
import { isOnlyAssumed, isSlip, missingSeverity } from '../missing';
import { edit, type RuleFinding, type RuleFix, rule } from '../rule';

export const backendNotResolved = rule({
  name: 'gateway-api/backend-not-resolved',
  layer: 'traffic',
  severity: 'error',
  summary: 'A route of the Gateway API leads to a backend that is not there or that it may not use.',
  on: 'Other',

  *check(resource, view) {
    // A route that nobody of Istio's follows may be for another controller, with backends of its own.
    const parents = isApiRoute(resource) ? parentsOf(view, resource) : [];
    if (parents.length === 0) {
      return;
    }
    const enforceGrants = parents.some((it) => it.kind === 'listener');
    for (const [rule, written] of mapsIn(resource.spec, 'rules').entries()) {
      for (const [index, reference] of mapsIn(written, 'backendRefs').entries()) {
        if (weightOf(reference) > 0) {
          const path = ['spec', 'rules', rule, 'backendRefs', index];
          const backend = readBackend(view, resource, reference, enforceGrants);
          yield* told({ view, route: resource, reference, path }, backend);
        }
      }
    }
  },
});

interface Place {
  readonly view: View;
  readonly route: Resource<'Other'>;
  readonly reference: Fields;
  readonly path: Path;
}

function told(place: Place, backend: Backend): RuleFinding[] {
  switch (backend.state) {
    case 'resolved':
      return unresolved(place, backend.host, backend.port);
    case 'not-granted':
      return [notGranted(place, backend.namespace)];
    case 'unsupported':
      return unsupported(place);
    case 'dotted-service':
      return [dottedService(place)];
    case 'hostname-in-namespace':
      return [hostnameInNamespace(place)];
    case 'no-port':
      return [noPort(place)];
  }
}

function nameOf({ reference }: Place): string {
  return text(reference.name) ?? '';
}

/** A grant stands beside the backend, which may be in another repository. */
function notGranted(place: Place, namespace: string): RuleFinding {
  const { view, route, path } = place;
  return {
    path: [...path, 'namespace'],
    message: view.settings.closedWorld
      ? `No ReferenceGrant in namespace "${namespace}" lets ${route.writtenKind}s of namespace "${route.namespace}" use "${nameOf(place)}", so these requests fail`
      : `These files have no ReferenceGrant in namespace "${namespace}" for ${route.writtenKind}s of namespace "${route.namespace}"; unless the cluster has one, these requests fail`,
    severity: missingSeverity(view, false),
  };
}

/** Kinds people know from elsewhere. Of others nobody can say whether an extension of Istio's reads them. */
const wrongKinds: ReadonlySet<string> = new Set(['Service', 'ServiceEntry', 'Hostname', 'WorkloadEntry']);

function unsupported(place: Place): RuleFinding[] {
  const { view, route, reference, path } = place;
  const kind = text(reference.kind) ?? 'Service';
  if (!wrongKinds.has(kind)) {
    return [];
  }
  const [namespace, name] = [text(reference.namespace) || route.namespace, nameOf(place)];
  const hosts = view.find('ServiceEntry', namespace, name)?.spec.hosts ?? [name];
  const host = kind === 'Service' ? undefined : hosts.find((it) => servicesNamed(view, it).length > 0);
  const change = host === undefined ? undefined : toHostname(place, host);
  return [
    {
      path: [...path, kind === 'Service' ? 'group' : 'kind'],
      message: `A ${kind} of the group "${text(reference.group) ?? ''}" is no backend that Istio knows, so these requests fail; a host outside of the mesh is of kind Hostname, in the group "networking.istio.io"`,
      fixes: change ? [change] : [],
    },
  ];
}

function toHostname({ route, path, reference }: Place, host: string): RuleFix {
  const edits = [
    { op: 'set' as const, path: [...path, 'group'], value: 'networking.istio.io' },
    { op: 'set' as const, path: [...path, 'kind'], value: 'Hostname' },
    ...(reference.name === host ? [] : [{ op: 'set' as const, path: [...path, 'name'], value: host }]),
    ...(reference.namespace === undefined ? [] : [{ op: 'remove' as const, path: [...path, 'namespace'] }]),
  ];
  return edit(`Lead to the Hostname "${host}"`, route, edits, { preferred: true });
}

function dottedService(place: Place): RuleFinding {
  const { view, route, path } = place;
  const name = nameOf(place);
  const own = kubernetesName(name);
  const toService = (service: { readonly name: string; readonly namespace: string }): RuleFix =>
    edit(
      `Lead to the Service "${service.namespace}/${service.name}"`,
      route,
      [
        { op: 'set', path: [...path, 'name'], value: service.name },
        ...(service.namespace === route.namespace
          ? []
          : [{ op: 'set' as const, path: [...path, 'namespace'], value: service.namespace }]),
      ],
      { preferred: true },
    );
  return {
    path: [...path, 'name'],
    message: `"${name}" is a host and no name of a Service, and Istio leaves out the whole route for it; a host is of kind Hostname, in the group "networking.istio.io"`,
    fixes: own ? [toService(own)] : servicesNamed(view, name).length > 0 ? [toHostname(place, name)] : [],
  };
}

function hostnameInNamespace({ route, path }: Place): RuleFinding {
  const at = [...path, 'namespace'];
  return {
    path: at,
    message: 'A Hostname has no namespace, and Istio leaves out the whole route for it',
    fixes: [edit('Remove "namespace"', route, [{ op: 'remove', path: at }], { preferred: true })],
  };
}

function noPort(place: Place): RuleFinding {
  const { view, route, path, reference } = place;
  const name = nameOf(place);
  const host =
    reference.kind === 'Hostname' ? name : `${name}.${text(reference.namespace) || route.namespace}`;
  const service = allServices(view).find(
    (it) => it.hostname === host || it.hostname.startsWith(`${host}.svc`),
  );
  const ports = service?.ports.map((it) => it.number) ?? [];
  return {
    path: [...path, 'name'],
    message: `A backend needs a port, and Istio leaves out the whole route for this one`,
    fixes: ports.map((port) =>
      edit(`Use port ${port}`, route, [{ op: 'set', path: [...path, 'port'], value: port }], {
        preferred: ports.length === 1,
      }),
    ),
  };
}

/** It means a host, which nobody registers or which lacks the port. */
function unresolved(place: Place, host: string, port: number): RuleFinding[] {
  const { view } = place;
  const services = servicesNamed(view, host);
  const [service] = services;
  if (!service) {
    return view.declaresHost('ServiceEntry', host) ? [] : [unregistered(place, host)];
  }
  const isThere = services.some((it) => it.ports.length === 0 || portOf(it, port));
  return isThere ? [] : [withoutPort(place, service, port)];
}

function withoutPort({ view, route, path }: Place, service: MeshService, port: number): RuleFinding {
  const ports = service.ports.map((it) => it.number);
  const isAssumed = isOnlyAssumed(view, service);
  const target = service.ports.find((it) => it.targetPort === port)?.number;
  const at = [...path, 'port'];
  return {
    path: at,
    message: isAssumed
      ? `"${service.hostname}" usually has only the ports ${ports.join(', ')}, and no file has this Service; unless it has ${port} too, these requests fail with 503`
      : `"${service.hostname}" has no port ${port}, only ${ports.join(', ')}, so these requests fail with 503`,
    severity: isAssumed ? 'info' : 'error',
    related: service.origin ? [{ ...service.origin, message: 'The ports are written here' }] : [],
    fixes: ports.slice(0, 3).map((it) =>
      edit(`Use port ${it}`, route, [{ op: 'set', path: at, value: it }], {
        preferred: target === it || (target === undefined && ports.length === 1),
      }),
    ),
  };
}

function unregistered(place: Place, host: string): RuleFinding {
  const { view, path, reference } = place;
  const own = kubernetesName(host);
  const isService = reference.kind !== 'Hostname';
  const meant = isService ? suggestService(view, own!) : suggestHost(view, host);
  const mayCome =
    view.hasPartial(isService ? 'Service' : 'ServiceEntry') ||
    (own !== undefined && view.declares('Service', own.namespace, own.name));
  return {
    path: [...path, 'name'],
    message: view.settings.closedWorld
      ? `"${host}" is not registered in the mesh: no Service and no ServiceEntry has this host, so these requests fail with 503`
      : `No Service and no ServiceEntry of these files has the host "${host}"; unless the cluster has one, these requests fail with 503`,
    severity: mayCome ? 'info' : missingSeverity(view, meant?.isLikely === true),
    related: meant?.service.origin ? [{ ...meant.service.origin, message: 'This may be meant' }] : [],
    fixes: meant ? [leadTo(place, meant)] : [],
  };
}

interface Suggestion {
  readonly service: MeshService;
  readonly isLikely: boolean;
}

function leadTo({ route, path, reference }: Place, { service, isLikely }: Suggestion): RuleFix {
  const written = text(reference.name) ?? '';
  if (textsIn(route.spec, 'hostnames').includes(written) && service.origin && isLikely) {
    // It is written twice here, so it is right, and what registers it is not.
    const change = { op: 'set' as const, path: service.origin.path, value: written };
    const title = `Change "${service.hostname}" to "${written}" where it is registered`;
    return edit(title, service.origin.resource, [change], { preferred: true });
  }
  const { hostname, name, namespace } = service;
  const isService = reference.kind !== 'Hostname';
  const home = text(reference.namespace) || route.namespace;
  const edits = [
    { op: 'set' as const, path: [...path, 'name'], value: isService ? name : hostname },
    ...(isService && namespace !== home
      ? [{ op: 'set' as const, path: [...path, 'namespace'], value: namespace }]
      : []),
  ];
  return edit(`Change to "${isService ? `${namespace}/${name}` : hostname}"`, route, edits, {
    preferred: isLikely,
  });
}

/** The Service that Istio makes for a Gateway has a name of its own; or the same name elsewhere, or one misspelt. */
function suggestService(
  view: View,
  { name, namespace }: { readonly name: string; readonly namespace: string },
): Suggestion | undefined {
  const services = allServices(view).filter((it) => it.registry === 'kubernetes');
  const own = services.filter((it) => it.namespace === namespace);
  const likely =
    own.find((it) => it.selector?.[gatewayNameLabel] === name) ??
    own.find((it) => isSlip(name, it.name)) ??
    services.find((it) => it.name === name && !isOnlyAssumed(view, it));
  if (likely) {
    return { service: likely, isLikely: true };
  }
  return nearestOf(own, name, (it) => it.name);
}

function suggestHost(view: View, host: string): Suggestion | undefined {
  const hosts = allServices(view).filter((it) => it.registry === 'external' && !isWildcard(it.hostname));
  const slip = hosts.find((it) => isSlip(host, it.hostname));
  if (slip) {
    return { service: slip, isLikely: true };
  }
  return nearestOf(hosts, host, (it) => it.hostname);
}

function nearestOf(
  services: readonly MeshService[],
  written: string,
  nameOf: (service: MeshService) => string,
): Suggestion | undefined {
  const near = nearest(written, services.map(nameOf));
  const service = services.find((it) => nameOf(it) === near);
  return service && { service, isLikely: false };
}
