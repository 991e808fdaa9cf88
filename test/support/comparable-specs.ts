import { resolveGatewayName } from '../../server/src/engine/mesh/hosts';
import type { Loose } from './route-mutations';

const trafficKinds = ['ServiceEntry', 'Gateway', 'DestinationRule', 'VirtualService'];

/**
 * The specs of a route's documents as lines `Kind path = value`, so that two routes can be compared that differ in
 * names, namespaces, the order of bindings and what Istio takes for granted anyway.
 */
export function comparable(manifests: readonly Loose[]): string[] {
  const documents = manifests.filter((it) => trafficKinds.includes(it.kind));
  const names = new Map<string, string>();
  for (const { kind, metadata, spec } of documents) {
    if (kind === 'Gateway') {
      names.set(`${metadata.namespace ?? 'default'}/${metadata.name}`, '<gateway>');
    }
    for (const { name } of (kind === 'DestinationRule' && spec.subsets) || []) {
      names.set(name, '<subset>');
    }
  }
  return documents.flatMap(({ kind, metadata, spec }) => {
    const what =
      kind === 'DestinationRule' && spec.host.endsWith('.svc.cluster.local')
        ? `${kind} of the gateway`
        : kind;
    const rename = (path: string, value: Loose): Loose => {
      if (/(?:^|\.)gateways$/.test(path)) {
        const home = metadata.namespace ?? 'default';
        return value.map((it: string) => names.get(resolveGatewayName(it, home)) ?? it).sort();
      }
      return /(?:^|\.)subset$|^subsets\.\d+\.name$/.test(path) ? (names.get(value) ?? value) : value;
    };
    return leaves(spec, '', rename).map((line) => `${what} ${line}`);
  });
}

function leaves(value: Loose, path: string, rename: (path: string, value: Loose) => Loose): string[] {
  const own = rename(path, value);
  if (own !== null && typeof own === 'object') {
    return Object.entries(own).flatMap(([key, item]) =>
      leaves(item, path === '' ? key : `${path}.${key}`, rename),
    );
  }
  return isImplied(path, own) ? [] : [`${path} = ${own}`];
}

/** Names of ports are free, and the rest is what Istio does without being told. */
function isImplied(path: string, value: unknown): boolean {
  return (
    /\.port\.name$|^ports\.\d+\.name$/.test(path) ||
    (path.endsWith('.weight') && value === 100) ||
    (path === 'location' && value === 'MESH_EXTERNAL')
  );
}
