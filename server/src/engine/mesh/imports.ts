import { hostsOverlap, isSubsetOf, isWildcard } from './hosts';
import type { MergedVirtualService } from './merged-virtual-service';
import type { MeshService } from './service';

/** What the `hosts` of one egress listener of a Sidecar let in: host patterns by namespace, `*` for all. */
export type Imports = ReadonlyMap<string, HostImports>;

interface HostImports {
  readonly hosts: readonly string[];
  readonly excluded: readonly string[];
}

const everyNamespace = '*';
const ownNamespace = '.';
const exclusion = '~';

/** Reads `namespace/host`; anything else is no import. `~namespace/host` takes out what others let in. */
export function readImports(hosts: readonly string[], namespace: string): Imports {
  const imports = new Map<string, { readonly hosts: string[]; readonly excluded: string[] }>();
  for (const written of hosts) {
    const [from, host, ...more] = written.split('/');
    if (host === undefined || more.length > 0) {
      continue;
    }
    const excludes = from!.startsWith(exclusion);
    const named = excludes ? from!.slice(1) || everyNamespace : from!;
    const home = named === ownNamespace ? namespace : named;
    const entry = imports.get(home) ?? { hosts: [], excluded: [] };
    (excludes ? entry.excluded : entry.hosts).push(host);
    imports.set(home, entry);
  }
  return imports;
}

/** The imports when each is one name of one namespace, else nothing. */
export function namedExactly(
  imports: Imports,
): readonly { readonly namespace: string; readonly host: string }[] | undefined {
  const all = [...imports].flatMap(([namespace, { hosts }]) =>
    [...new Set(hosts)].map((host) => ({ namespace, host })),
  );
  const exact = all.every((it) => it.namespace !== everyNamespace && !isWildcard(it.host));
  return exact ? all : undefined;
}

/** The namespaces that something is let in from; nothing when it may come from any. */
export function importedNamespaces(imports: Imports): readonly string[] | undefined {
  return imports.has(everyNamespace) ? undefined : [...imports.keys()];
}

/** Nothing is left out, so that nothing needs to be asked. */
export function importsEverything(imports: Imports): boolean {
  const all = imports.get(everyNamespace);
  return Boolean(all?.hosts.includes('*')) && [...imports.values()].every((it) => it.excluded.length === 0);
}

export function importsService(imports: Imports, service: MeshService): boolean {
  return (
    !isExcluded(imports, service.namespace, service.hostname) &&
    pools(imports, service.namespace).some((pool) => matchesService(pool, service.hostname))
  );
}

function matchesService({ hosts }: HostImports, hostname: string): boolean {
  return hosts.some((it) => isSubsetOf(hostname, it));
}

/** A VirtualService comes in when one of its hosts does. Its wildcard may be wider than what is imported. */
export function importsVirtualService(imports: Imports, service: MergedVirtualService): boolean {
  const test = service.semantics === 'gateway-api' ? isSubsetOf : overlaps;
  return pools(imports, service.namespace).some((pool) =>
    service.hosts.some(
      (host) => pool.hosts.some((it) => test(host, it)) && !isExcluded(imports, service.namespace, host),
    ),
  );
}

function overlaps(host: string, imported: string): boolean {
  return isWildcard(host) || isWildcard(imported) ? hostsOverlap(host, imported) : host === imported;
}

function pools(imports: Imports, namespace: string): readonly HostImports[] {
  return [namespace, everyNamespace].flatMap((it) => imports.get(it) ?? []);
}

function isExcluded(imports: Imports, namespace: string, host: string): boolean {
  return pools(imports, namespace).some(({ excluded }) => excluded.some((it) => isSubsetOf(host, it)));
}
