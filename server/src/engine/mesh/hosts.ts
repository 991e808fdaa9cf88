import { isSubsetOf, isWildcard } from '../model/host-names';

// Names of hosts as Istio compares them. Comparison is by case, because Istio's is; where Istio lowers a name
// first, the caller does.

export { hostsOverlap, isSubsetOf, isWildcard } from '../model/host-names';

/** The only suffix of Kubernetes Services that is assumed: Istio's default. */
export const clusterDomain = 'cluster.local';

/** Names before wildcards, longer before shorter, then by the alphabet. */
export function compareSpecificity(a: string, b: string): number {
  if (isWildcard(a) !== isWildcard(b)) {
    return isWildcard(a) ? 1 : -1;
  }
  return b.length - a.length || compareText(a, b);
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The key of `hosts` that says most about `host`: the name itself, or else the longest wildcard over it. */
export function mostSpecific<V>(
  host: string,
  exact: ReadonlyMap<string, V>,
  wildcards: ReadonlyMap<string, V>,
): { readonly host: string; readonly value: V } | undefined {
  const own = (isWildcard(host) ? wildcards : exact).get(host);
  if (own !== undefined) {
    return { host, value: own };
  }
  const name = isWildcard(host) ? host.slice(1) : host;
  let best: { readonly host: string; readonly value: V } | undefined;
  for (const [wildcard, value] of wildcards) {
    if (name.endsWith(wildcard.slice(1)) && (!best || compareSpecificity(wildcard, best.host) < 0)) {
      best = { host: wildcard, value };
    }
  }
  return best;
}

/** Names both lists mean: of two that overlap the narrower one. */
export function intersectHosts(ours: readonly string[], theirs: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const our of ours) {
    for (const their of theirs) {
      if (isSubsetOf(our, their)) {
        found.add(our);
      } else if (isSubsetOf(their, our)) {
        found.add(their);
      }
    }
  }
  return [...found];
}

export function isIpAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text);
}

export function isIpv4(text: string): boolean {
  const parts = /^[\d.]+$/.test(text) ? text.split('.') : [];
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
}

export function isIpv6(text: string): boolean {
  return text.includes(':') && /^[0-9a-fA-F:.]+$/.test(text);
}

/** Only a name without any dot is completed; `service.namespace` is taken for a whole name. */
export function resolveShortName(host: string, namespace: string): string {
  const complete = host === '' || host === '*' || host.includes('.') || isIpAddress(host);
  return complete ? host : serviceHostname(host, namespace);
}

export function serviceHostname(name: string, namespace: string): string {
  return `${name}.${namespace}.svc.${clusterDomain}`;
}

/** Whether a name may be that of a Kubernetes Service. */
export function isInCluster(host: string): boolean {
  return host.endsWith(clusterSuffix);
}

/** The Service a cluster-local name means, or nothing for any other name. */
export function kubernetesName(
  host: string,
): { readonly name: string; readonly namespace: string } | undefined {
  if (!isInCluster(host)) {
    return undefined;
  }
  const [name, namespace, ...more] = host.slice(0, -clusterSuffix.length).split('.');
  return namespace === undefined || more.length > 0 ? undefined : { name: name!, namespace };
}

const clusterSuffix = `.svc.${clusterDomain}`;

/** `mesh` is the sidecars. Everything else becomes `namespace/name`; a bare name is of the VirtualService's namespace. */
export function resolveGatewayName(name: string, namespace: string): string {
  if (name === meshGateway) {
    return name;
  }
  const slash = name.indexOf('/');
  if (slash >= 0) {
    return name.slice(0, slash) === '.' ? `${namespace}/${name.slice(slash + 1)}` : name;
  }
  const [short, home] = name.split('.');
  return home === undefined ? `${namespace}/${name}` : `${home}/${short}`;
}

export const meshGateway = 'mesh';

/** `namespace/host` of Gateway servers and Sidecars; `namespace` is absent when none is written. */
export function splitNamespacedHost(text: string): { readonly namespace?: string; readonly host: string } {
  const slash = text.indexOf('/');
  return slash < 0 ? { host: text } : { namespace: text.slice(0, slash), host: text.slice(slash + 1) };
}
