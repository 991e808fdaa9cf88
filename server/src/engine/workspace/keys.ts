import type { Kind, Resource } from '../model/resource';

// The names under which a resource can be found. A lookup depends on its key and on nothing else, so a change
// reaches exactly those who asked for one of the keys of the resource before or after it.

export function kindKey(kind: Kind): string {
  return `kind ${kind}`;
}

export function namespaceKey(kind: Kind, namespace: string): string {
  return `in ${kind} ${namespace}`;
}

export function nameKey(kind: Kind, namespace: string, name: string): string {
  return `name ${kind} ${namespace}/${name}`;
}

/** Resources of `kind` that write exactly this host: wildcards and short names are keys like any other. */
export function hostKey(kind: Kind, host: string): string {
  return `host ${kind} ${host.toLowerCase()}`;
}

/** Every key `resource` is found under. */
export function keysOf(resource: Resource): string[] {
  const { kind, namespace, name } = resource;
  const keys = [kindKey(kind), namespaceKey(kind, namespace), nameKey(kind, namespace, name)];
  for (const host of new Set(hostsOf(resource))) {
    keys.push(hostKey(kind, host));
  }
  return keys;
}

function hostsOf(resource: Resource): readonly string[] {
  switch (resource.kind) {
    case 'ServiceEntry':
    case 'VirtualService':
      return resource.spec.hosts ?? [];
    case 'DestinationRule':
      return resource.spec.host === undefined ? [] : [resource.spec.host];
    default:
      return [];
  }
}
