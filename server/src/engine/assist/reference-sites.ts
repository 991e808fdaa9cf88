import { memoize } from '../mesh/derive';
import type { Kind, Resource } from '../model/resource';
import type { Path } from '../yaml/node';
import { type Manifest, manifestOf, valueAt } from './manifest';

/**
 * What a value names. `labels` stand for a whole map; every other name is one scalar.
 *
 * - `scoped-host`: a host behind the namespace it counts in, `namespace/host`
 * - `port`: a port of the host beside it
 * - `server-port`: a port of a Gateway's server, which is one of the Services its pods stand behind
 * - `match-port`: a port a request arrives on, of a Gateway or of the host it asks for
 */
export type Named =
  | 'host'
  | 'scoped-host'
  | 'gateway'
  | 'subset'
  | 'port'
  | 'server-port'
  | 'match-port'
  | 'labels'
  | 'virtual-service'
  | 'namespace'
  | 'secret';

/** `both`: it stands for something else, and others refer to it. */
export type Role = 'declaration' | 'use' | 'both';

interface SitePattern {
  /** `*` is any item of a list. */
  readonly steps: readonly string[];
  readonly names: Named;
  readonly role: Role;
}

/** A place in an object that names something. */
export interface Site {
  readonly manifest: Manifest;
  /** From the root of the object. */
  readonly path: Path;
  readonly names: Named;
  readonly role: Role;
  /** The scalar as text; empty for labels and for what is not written. */
  readonly text: string;
}

/** Every place of an object that names something. */
export const sitesOf = memoize((resource: Resource): readonly Site[] => {
  const manifest = manifestOf(resource);
  return patternsOf(manifest).flatMap(({ steps, names, role }) =>
    expand(manifest.object, steps).map((path) => siteOf(manifest, path, names, role)),
  );
});

/** What a place names, written or not. An entry of labels belongs to its map. */
export function siteAt(manifest: Manifest, path: Path): Site | undefined {
  const own = patternsOf(manifest).find((it) => fits(it.steps, path));
  if (own) {
    return siteOf(manifest, path, own.names, own.role);
  }
  const map = path.slice(0, -1);
  const labels = patternsOf(manifest).find((it) => it.names === 'labels' && fits(it.steps, map));
  return labels && siteOf(manifest, map, 'labels', labels.role);
}

function siteOf(manifest: Manifest, path: Path, names: Named, role: Role): Site {
  const value = valueAt(manifest.object, path);
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return { manifest, path, names, role, text };
}

function patternsOf({ kind, writtenKind }: Manifest): readonly SitePattern[] {
  return (kind === 'Workload' && writtenKind === 'Pod' ? podPatterns : patterns[kind]) ?? [];
}

function fits(steps: readonly string[], path: Path): boolean {
  return (
    steps.length === path.length &&
    steps.every((step, index) => (step === '*' ? typeof path[index] === 'number' : step === path[index]))
  );
}

function expand(object: unknown, steps: readonly string[], from: Path = []): Path[] {
  const at = steps.indexOf('*', from.length);
  if (at < 0) {
    const path = [...from, ...steps.slice(from.length)];
    const value = valueAt(object, path);
    return value === undefined || value === null ? [] : [path];
  }
  const list = [...from, ...steps.slice(from.length, at)];
  const items = valueAt(object, list);
  return Array.isArray(items) ? items.flatMap((_, index) => expand(object, steps, [...list, index])) : [];
}

function use(names: Named, ...paths: readonly string[]): SitePattern[] {
  return paths.map((path) => ({ steps: stepsOf(path), names, role: 'use' }));
}

function declares(names: Named, path: string, role: Role = 'declaration'): SitePattern {
  return { steps: stepsOf(path), names, role };
}

/** `spec.hosts[]` as steps. */
function stepsOf(path: string): readonly string[] {
  return path.replaceAll('[]', '.*').split('.');
}

function destinations(...paths: readonly string[]): SitePattern[] {
  return paths.flatMap((path) => [
    ...use('host', `${path}.host`),
    ...use('subset', `${path}.subset`),
    ...use('port', `${path}.port.number`),
  ]);
}

function routes(block: 'http' | 'tls' | 'tcp'): SitePattern[] {
  const match = `spec.${block}[].match[]`;
  return [
    ...use('gateway', `${match}.gateways[]`),
    ...use('match-port', `${match}.port`),
    ...use('namespace', `${match}.sourceNamespace`),
    ...use('labels', `${match}.sourceLabels`),
    ...destinations(`spec.${block}[].route[].destination`),
  ];
}

function trafficPolicies(...paths: readonly string[]): SitePattern[] {
  return paths.flatMap((path) => [
    ...[path, `${path}.portLevelSettings[]`].flatMap((it) => [
      ...use('host', `${it}.tls.sni`, `${it}.tls.subjectAltNames[]`, `${it}.tunnel.targetHost`),
      ...use('secret', `${it}.tls.credentialName`),
    ]),
    ...use('port', `${path}.portLevelSettings[].port.number`),
  ]);
}

const patterns: { readonly [K in Kind]?: readonly SitePattern[] } = {
  ServiceEntry: [
    declares('host', 'spec.hosts[]'),
    declares('port', 'spec.ports[].number'),
    declares('labels', 'spec.endpoints[].labels'),
    ...use('namespace', 'spec.exportTo[]', 'metadata.namespace'),
    ...use('labels', 'spec.workloadSelector.labels'),
    ...use('host', 'spec.subjectAltNames[]'),
  ],
  Gateway: [
    declares('gateway', 'metadata.name'),
    ...use('namespace', 'metadata.namespace'),
    ...use('labels', 'spec.selector'),
    ...use('scoped-host', 'spec.servers[].hosts[]'),
    declares('server-port', 'spec.servers[].port.number', 'both'),
    ...use('secret', 'spec.servers[].tls.credentialName'),
  ],
  VirtualService: [
    declares('virtual-service', 'metadata.name'),
    ...use('namespace', 'spec.exportTo[]', 'metadata.namespace', 'spec.http[].delegate.namespace'),
    ...use('host', 'spec.hosts[]', 'spec.tls[].match[].sniHosts[]'),
    ...use('host', 'spec.http[].match[].authority.exact'),
    ...use('host', 'spec.http[].rewrite.authority', 'spec.http[].redirect.authority'),
    ...use('gateway', 'spec.gateways[]'),
    ...routes('http'),
    ...routes('tls'),
    ...routes('tcp'),
    ...destinations('spec.http[].mirror', 'spec.http[].mirrors[].destination'),
    ...use('virtual-service', 'spec.http[].delegate.name'),
  ],
  DestinationRule: [
    ...use('host', 'spec.host'),
    declares('subset', 'spec.subsets[].name'),
    ...use('labels', 'spec.subsets[].labels', 'spec.workloadSelector.matchLabels'),
    ...use('namespace', 'spec.exportTo[]', 'metadata.namespace'),
    ...trafficPolicies('spec.trafficPolicy', 'spec.subsets[].trafficPolicy'),
  ],
  Sidecar: [
    ...use('scoped-host', 'spec.egress[].hosts[]'),
    ...use('labels', 'spec.workloadSelector.labels'),
    ...use('namespace', 'metadata.namespace'),
    ...destinations('spec.outboundTrafficPolicy.egressProxy'),
  ],
  WorkloadEntry: [declares('labels', 'spec.labels'), ...use('namespace', 'metadata.namespace')],
  Service: [
    declares('host', 'metadata.name'),
    declares('port', 'spec.ports[].port'),
    declares('labels', 'spec.selector', 'both'),
    ...use('namespace', 'metadata.namespace'),
  ],
  Workload: [
    declares('labels', 'spec.template.metadata.labels'),
    ...use('namespace', 'metadata.namespace', 'spec.template.metadata.namespace'),
  ],
  Namespace: [declares('namespace', 'metadata.name')],
  Secret: [declares('secret', 'metadata.name'), ...use('namespace', 'metadata.namespace')],
  ConfigMap: use('namespace', 'metadata.namespace'),
  Other: use('namespace', 'metadata.namespace'),
};

const podPatterns: readonly SitePattern[] = [
  declares('labels', 'metadata.labels'),
  ...use('namespace', 'metadata.namespace'),
];
