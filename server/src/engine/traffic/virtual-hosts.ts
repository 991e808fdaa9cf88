import type { Origin } from '../mesh/origin';
import { withoutPort } from './connection';
import type { Route } from './routes';

/** A set of names and the routes for them. */
export interface VirtualHost {
  readonly name: string;
  readonly domains: readonly string[];
  readonly routes: readonly Route[];
  /** Plain requests are sent back to come again with TLS. */
  readonly requiresTls?: boolean;
  /** What made it: services and VirtualServices. */
  readonly origins: readonly Origin[];
  /** VirtualServices that have the name too and came later: the oldest keeps it, with equal age the first name. */
  readonly rivals?: readonly Origin[];
}

export interface RouteConfig {
  readonly name: string;
  readonly hosts: readonly VirtualHost[];
  /** For a host no virtual host names. */
  readonly catchAll?: 'allow_any' | 'block_all' | 'allow_any_dynamic_dns';
  readonly index: DomainIndex;
}

interface DomainIndex {
  readonly exact: ReadonlyMap<string, VirtualHost>;
  /** Wildcards, the longest first. */
  readonly suffixes: readonly { readonly suffix: string; readonly host: VirtualHost }[];
  readonly any?: VirtualHost;
}

export function routeConfig(
  name: string,
  hosts: readonly VirtualHost[],
  catchAll?: RouteConfig['catchAll'],
): RouteConfig {
  return { name, hosts, ...(catchAll && { catchAll }), index: indexDomains(hosts) };
}

function indexDomains(hosts: readonly VirtualHost[]): DomainIndex {
  const exact = new Map<string, VirtualHost>();
  const suffixes: { suffix: string; host: VirtualHost }[] = [];
  let any: VirtualHost | undefined;
  for (const host of hosts) {
    for (const domain of host.domains) {
      const name = domain.toLowerCase();
      if (name === '*') {
        any ??= host;
      } else if (name.startsWith('*')) {
        suffixes.push({ suffix: name.slice(1), host });
      } else if (!exact.has(name)) {
        exact.set(name, host);
      }
    }
  }
  suffixes.sort((a, b) => b.suffix.length - a.suffix.length);
  return { exact, suffixes, ...(any && { any }) };
}

/** The virtual host for a `Host` header: the name itself, else the longest wildcard. Its port does not count. */
export function findVirtualHost({ index }: RouteConfig, authority: string): VirtualHost | undefined {
  const name = withoutPort(authority).toLowerCase();
  return (
    index.exact.get(name) ??
    index.suffixes.find(({ suffix }) => name.length > suffix.length && name.endsWith(suffix))?.host ??
    index.any
  );
}
