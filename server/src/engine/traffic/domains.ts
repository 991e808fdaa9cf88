import { clusterDomain, isIpAddress } from '../mesh/hosts';
import { anyAddress, type MeshService } from '../mesh/service';

/** Every name under which a request may ask for a service. `alternates` are the ones a real host may claim. */
export function domainsOf(
  service: MeshService,
  clientNamespace: string,
): { readonly domains: readonly string[]; readonly alternates: ReadonlySet<string> } {
  const domains: string[] = [];
  const alternates = new Set<string>();
  for (const name of [service.hostname, ...service.aliases.map((it) => it.hostname)]) {
    const others = alternateNames(name, clientNamespace);
    domains.push(name, ...others);
    others.forEach((it) => void alternates.add(it));
  }
  if (service.resolution === 'passthrough' && service.registry === 'kubernetes') {
    domains.push(...domains.map((it) => `*.${it}`));
  }
  if (service.address !== anyAddress && isIpAddress(service.address)) {
    domains.push(service.address);
  }
  return { domains, alternates };
}

/** Shorter forms of a cluster-local name, and the absolute form of any name. */
function alternateNames(name: string, clientNamespace: string): readonly string[] {
  const absolute = isIpAddress(name) ? [] : [`${name}.`];
  const suffix = `.svc.${clusterDomain}`;
  const [service, namespace, ...more] = name.endsWith(suffix) ? name.slice(0, -suffix.length).split('.') : [];
  if (namespace === undefined || more.length > 0) {
    return absolute;
  }
  const short = namespace === clientNamespace ? [service!] : [];
  return [...absolute, ...short, `${service}.${namespace}`, `${service}.${namespace}.svc`];
}
