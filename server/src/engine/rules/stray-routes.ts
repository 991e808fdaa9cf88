import { deriveList } from '../mesh/derive';
import { readBackend } from '../mesh/gateway-api/backends';
import { apiRoutes, mapsIn, textsIn } from '../mesh/gateway-api/objects';
import { parentReferences, parentsFor } from '../mesh/gateway-api/parents';
import { findGatewayProxy, gatewaysOn } from '../mesh/gateways';
import { hostsOverlap, serviceHostname, splitNamespacedHost } from '../mesh/hosts';
import { sameResource } from '../mesh/origin';
import { servicesNamed } from '../mesh/registry';
import { type Fields, text } from '../model/guards';
import type { Resource } from '../model/resource';
import type { View } from '../workspace/view';
import { isSlip } from './missing';

/**
 * Routes of the Gateway API that have to do with a host and that Istio makes nothing of, or less than is written: nothing
 * on the way of a request leads to them.
 */
export function strayRoutesFor(view: View, host: string): readonly Resource<'Other'>[] {
  return strayRoutes(view).filter((route) =>
    hostsOf(view, route).some((it) => hostsOverlap(it, host) || isSlip(host, it)),
  );
}

function strayRoutes(view: View): readonly Resource<'Other'>[] {
  return deriveList(
    view,
    'rules/stray-routes',
    '',
    () =>
      apiRoutes(view).filter(
        (route) =>
          parentReferences(route).some((it) => parentsFor(view, route, it).length === 0) ||
          backendsOf(route).some((it) => leadsNowhere(view, route, it)),
      ),
    sameResource,
  );
}

function backendsOf(route: Resource<'Other'>): readonly Fields[] {
  return mapsIn(route.spec, 'rules').flatMap((it) => mapsIn(it, 'backendRefs'));
}

function leadsNowhere(view: View, route: Resource<'Other'>, reference: Fields): boolean {
  const backend = readBackend(view, route, reference, false);
  return backend.state !== 'resolved' || servicesNamed(view, backend.host).length === 0;
}

/** The hosts it is for, those it leads to, and those of the gateway it leads to. */
function hostsOf(view: View, route: Resource<'Other'>): readonly string[] {
  return [
    ...textsIn(route.spec, 'hostnames'),
    ...backendsOf(route).flatMap((it) => {
      const name = text(it.name) ?? '';
      const proxy = findGatewayProxy(view, serviceHostname(name, text(it.namespace) || route.namespace));
      const servers = proxy ? gatewaysOn(view, proxy).flatMap(({ servers: all }) => all) : [];
      return [name, ...servers.flatMap((server) => server.hosts.map((own) => splitNamespacedHost(own).host))];
    }),
  ];
}
