import { type Probe, probesOfEntry, probesOfUnregistered } from '../intent/probes';
import { hostsOverlap, isWildcard } from '../mesh/hosts';
import type { Origin } from '../mesh/origin';
import { asKind, type Resource } from '../model/resource';
import type { Request } from '../traffic/request';
import type { View } from '../workspace/view';

/** The requests that one written host lets people expect on one port: the same from every client. */
export interface HostCalls {
  /** Where the host is written. */
  readonly origin: Origin;
  readonly host: string;
  readonly port: number;
  /** One for each namespace that is known to call it; never empty. */
  readonly requests: readonly Request[];
}

/** The requests of every host of a VirtualService or ServiceEntry; none for other kinds. */
export function callsOfHosts(view: View, resource: Resource): readonly HostCalls[] {
  const entry = asKind(resource, 'ServiceEntry');
  const route = asKind(resource, 'VirtualService');
  if (entry) {
    const probes = probesOfEntry(view, entry);
    return (entry.spec.hosts ?? []).flatMap((host, index) =>
      byPort({ resource, path: ['spec', 'hosts', index] }, host, probes),
    );
  }
  return (route?.spec.hosts ?? []).flatMap((host, index) =>
    byPort({ resource, path: ['spec', 'hosts', index] }, host, probesOfRouted(view, route!, host)),
  );
}

/** A route is for its own namespace first, so that one speaks for all. */
function probesOfRouted(view: View, route: Resource<'VirtualService'>, host: string): readonly Probe[] {
  const exact = view.byHost('ServiceEntry', host);
  const entries = exact.length > 0 || host === '*' ? exact : coveringEntries(view, host);
  const probes = entries
    .flatMap((it) => probesOfEntry(view, it))
    .filter((it) => hostsOverlap(it.host, host))
    .map((it): Probe => {
      return isWildcard(host) ? it : { ...it, host, request: { ...it.request, host } };
    });
  const own = (it: Probe): number => (it.request.from.namespace === route.namespace ? 0 : 1);
  return probes.length > 0
    ? probes.toSorted((a, b) => own(a) - own(b))
    : probesOfUnregistered(view, route).filter((it) => it.host === host);
}

function coveringEntries(view: View, host: string): readonly Resource<'ServiceEntry'>[] {
  return view.all('ServiceEntry').filter((it) => it.spec.hosts?.some((own) => hostsOverlap(own, host)));
}

function byPort(origin: Origin, host: string, probes: readonly Probe[]): readonly HostCalls[] {
  const found = new Map<number, Map<string, Request>>();
  for (const { port, request } of probes.filter((it) => it.host === host)) {
    const requests = found.get(port) ?? new Map<string, Request>();
    const { namespace } = request.from;
    requests.set(namespace, requests.get(namespace) ?? request);
    found.set(port, requests);
  }
  return [...found].map(([port, requests]): HostCalls => {
    return { origin, host, port, requests: [...requests.values()] };
  });
}
