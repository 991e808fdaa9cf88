import type { Labels } from '../../model/specs';
import type { View } from '../../workspace/view';
import { qualifiedHost } from './hosts';
import { seen } from './message';
import { presentServices } from './services';

/** What istioctl knows of a host that a route or a rule names. */
export interface Destination {
  readonly ports: readonly number[];
  /** The labels a ServiceEntry asks of its workloads. A Service's own selector is not looked at. */
  readonly workloads: Labels;
}

interface Registered extends Destination {
  readonly host: string;
}

/**
 * The host as istioctl finds it for an object of `namespace`. Beside what everyone sees it looks where the *object* is
 * exported to, and takes a wildcard only when the name itself is nowhere.
 */
export function findDestination(
  view: View,
  namespace: string,
  exportTo: readonly string[],
  host: string,
): Destination | undefined {
  const own = exportTo.length === 0 ? [namespace] : exportTo.map((it) => (it === '.' ? namespace : it));
  const name = qualifiedHost(host, namespace);
  for (const scope of ['*', ...own]) {
    const [found] = registered(view, exactKey(scope, name));
    if (found) {
      return found;
    }
  }
  const wanted = host.replace(/^\*/, '');
  return ['*', namespace]
    .flatMap((scope) => registered(view, wildcardKey(scope)))
    .find((it) => wanted.endsWith(it.host.slice(1)));
}

function registered(view: View, key: string): readonly Registered[] {
  return view.lookUp('istioctl/registry', key, () => buildRegistry(view), sameEntry);
}

function exactKey(scope: string, host: string): string {
  return `${scope}/${host}`;
}

function wildcardKey(scope: string): string {
  return `${scope}/`;
}

/** Of two ServiceEntries that register a host in the same scope the first stays, and a Service outweighs both. */
function buildRegistry(view: View): ReadonlyMap<string, readonly Registered[]> {
  const exact = new Map<string, Registered>();
  const wildcards = new Map<string, Map<string, Registered>>();
  const add = (scope: string, entry: Registered): void => {
    exact.set(exactKey(scope, entry.host), entry);
    if (entry.host.startsWith('*')) {
      const list = wildcards.get(wildcardKey(scope)) ?? new Map<string, Registered>();
      wildcards.set(wildcardKey(scope), list.set(entry.host, entry));
    }
  };
  for (const { namespace, spec } of seen(view, 'ServiceEntry').toReversed()) {
    const ports = (spec.ports ?? []).flatMap((it) => it.number ?? []);
    const workloads = spec.workloadSelector?.labels ?? {};
    for (const host of spec.hosts ?? []) {
      for (const scope of scopesOf(spec.exportTo ?? [], namespace)) {
        add(scope, { host: qualifiedHost(host, namespace), ports, workloads });
      }
    }
  }
  for (const { namespace, name, exportTo, ports } of presentServices(view)) {
    const numbers = ports.flatMap((it) => it.port ?? []);
    const written = exportTo === '' ? [] : exportTo.split(',').map((it) => it.trim());
    for (const scope of written.length === 0 ? ['*'] : written.map((it) => (it === '.' ? namespace : it))) {
      add(scope, { host: qualifiedHost(name, namespace), ports: numbers, workloads: {} });
    }
  }
  return new Map([
    ...[...exact].map(([key, entry]) => [key, [entry]] as const),
    ...[...wildcards].map(([key, entries]) => [key, [...entries.values()]] as const),
  ]);
}

/** The scopes of an object as istioctl counts them: everyone, or namespaces. */
export function scopesOf(exportTo: readonly string[], namespace: string): readonly string[] {
  return exportTo.length === 0 || exportTo.includes('*')
    ? ['*']
    : [...new Set(exportTo.map((it) => (it === '.' ? namespace : it)))];
}

function sameEntry(a: Registered, b: Registered): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
