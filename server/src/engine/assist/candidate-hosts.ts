import { meshFacts } from '../mesh/facts';
import { gatewayProxies } from '../mesh/gateways';
import { compareText, splitNamespacedHost } from '../mesh/hosts';
import { servicesVisibleTo } from '../mesh/registry';
import type { MeshService } from '../mesh/service';
import { items, text } from '../model/guards';
import { groupBy } from '../text/collections';
import type { View } from '../workspace/view';
import type { Candidate } from './candidate';
import { describeService, serviceDetail } from './describe-mesh';
import { textAt, valueAt } from './manifest';
import { mark } from './mark';
import type { Site } from './reference-sites';

/** Hosts that proxies of the object's namespace know. */
export function hostCandidates(view: View, site: Site): readonly Candidate[] {
  if (site.role === 'declaration') {
    return [];
  }
  const own = ownHosts(site);
  const services = ranked(view, site, own);
  const known = new Set(services.map((it) => it.hostname));
  const isDestination = isFor(site, 'destination', 'mirror') || site.path.join() === 'spec,host';
  return [
    ...own.filter((it) => !known.has(it) && !isDestination).map((value): Candidate => ({ value })),
    ...services.map((it) => candidate(view, it)),
  ];
}

/** For Gateways plain hosts, and with a namespace once one is typed; a Sidecar always names the namespace. */
export function scopedHostCandidates(view: View, site: Site, prefix: string): readonly Candidate[] {
  const services = ranked(view, site, []);
  if (site.manifest.kind === 'Sidecar') {
    const root = meshFacts(view).rootNamespace.value;
    return [
      { value: './*', detail: 'every host of this namespace' },
      { value: `${root}/*`, detail: 'every host of the root namespace' },
      ...services.map((it) => ({ ...candidate(view, it), value: `${it.namespace}/${it.hostname}` })),
      { value: '*/*', detail: 'every host of every namespace' },
      { value: '~/*', detail: 'no host at all' },
    ];
  }
  const { namespace } = splitNamespacedHost(prefix);
  return [
    ...services.map((it) => {
      const plain = candidate(view, it);
      return namespace === undefined ? plain : { ...plain, value: `${namespace}/${it.hostname}` };
    }),
    { value: namespace === undefined ? '*' : `${namespace}/*`, detail: 'every host' },
  ];
}

function candidate(view: View, service: MeshService): Candidate {
  return {
    value: service.hostname,
    detail: serviceDetail(service),
    describe: () => describeService(view, service),
  };
}

/** Hosts the object itself is about come first, then what the place is usually for. */
function ranked(view: View, site: Site, own: readonly string[]): readonly MeshService[] {
  const gateways = new Set(gatewayProxies(view).map((it) => it.service.hostname));
  const wantsGateway = isFor(site, 'destination', 'mirror') || site.manifest.kind === 'DestinationRule';
  const { namespace } = site.manifest;
  const ranks = groupBy(hostsByName(view, namespace), (service): number => {
    if (own.includes(service.hostname)) {
      return 0;
    }
    if (gateways.has(service.hostname) || service.knownGateway !== undefined) {
      return wantsGateway ? 1 : 6;
    }
    return (service.external ? 2 : 4) + (service.namespace === namespace ? 0 : 1);
  });
  return [...ranks.keys()].sort((a, b) => a - b).flatMap((it) => ranks.get(it) ?? []);
}

/** Each name once, as the namespace sees it, by the alphabet. */
function hostsByName(view: View, namespace: string): readonly MeshService[] {
  return view.derive('assist/hosts-by-name', namespace, () => {
    const services = servicesVisibleTo(view, namespace).toReversed();
    const distinct = new Map(services.map((it) => [it.hostname, it]));
    return [...distinct.values()].sort((a, b) => compareText(a.hostname, b.hostname));
  });
}

/** The hosts a route is for, or the one a rule is for. */
function ownHosts({ manifest, path }: Site): readonly string[] {
  const isList = path.join() === `spec,hosts,${path.at(-1)}`;
  const hosts = isList
    ? []
    : items(valueAt(manifest.object, ['spec', 'hosts'])).flatMap((it) => text(it) ?? []);
  const host = path.join() === 'spec,host' ? undefined : textAt(manifest.object, ['spec', 'host']);
  return (host === undefined ? hosts : [host]).filter((it) => it !== mark && it !== '');
}

function isFor({ path }: Site, ...steps: readonly string[]): boolean {
  return steps.some((it) => path.includes(it));
}
