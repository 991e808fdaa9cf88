import { sameResource } from '../../mesh/origin';
import type { Resource } from '../../model/resource';
import { groupByEach } from '../../text/collections';
import type { View } from '../../workspace/view';
import { message, seen } from './message';
import { scopesOf } from './registry';

export const protocolsConflict = message({
  name: 'istioctl/protocols-conflict',
  istio: 'IST0177',
  severity: 'warning',
  summary: 'Two ServiceEntries give one port of one host different protocols.',
  on: 'ServiceEntry',
  recommended: true,

  *check(entry, view) {
    const { namespace, spec } = entry;
    const scopes = scopesOf(spec.exportTo ?? [], namespace);
    for (const [index, { number = 0 }] of (spec.ports ?? []).entries()) {
      for (const host of spec.hosts ?? []) {
        const rivals = rivalsOf(view, scopes, host, number);
        const protocols = new Set(rivals.flatMap((it) => protocolsOf(it, number)));
        if (protocols.size > 1) {
          yield {
            path: ['spec', 'ports', index, 'protocol'],
            message: `ServiceEntries do not agree on port ${number} of "${host}": it is ${[...protocols].map((it) => it || 'of no protocol').join(' and ')}`,
            related: rivals
              .filter((it) => !sameResource(it, entry))
              .map((resource) => ({ resource, path: ['spec', 'ports'], message: 'The same host and port' })),
          };
          return;
        }
      }
    }
  },
});

/** Everything a namespace sees that gives protocols to the port; what everyone sees is compared with every namespace. */
function rivalsOf(
  view: View,
  scopes: readonly string[],
  host: string,
  port: number,
): readonly Resource<'ServiceEntry'>[] {
  const named = (scope: string): readonly Resource<'ServiceEntry'>[] =>
    view.lookUp(
      'istioctl/service-entries-by-port',
      `${port} ${host} ${scope}`,
      () => groupByEach(seen(view, 'ServiceEntry'), keysOf),
      sameResource,
    );
  const everyone = named('*');
  const places = scopes.includes('*') ? namespacesNaming(view, host, port) : scopes;
  const sets = [everyone, ...places.map((it) => [...named(it), ...everyone])];
  return sets.find((it) => new Set(it.flatMap((entry) => protocolsOf(entry, port))).size > 1) ?? [];
}

function namespacesNaming(view: View, host: string, port: number): readonly string[] {
  return view.lookUp('istioctl/namespaces-naming-port', `${port} ${host}`, () =>
    groupScopes(seen(view, 'ServiceEntry')),
  );
}

function groupScopes(entries: readonly Resource<'ServiceEntry'>[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, Set<string>>();
  for (const key of entries.flatMap(keysOf)) {
    const end = key.lastIndexOf(' ');
    const scope = key.slice(end + 1);
    if (scope !== '*') {
      groups.set(key.slice(0, end), (groups.get(key.slice(0, end)) ?? new Set()).add(scope));
    }
  }
  return new Map([...groups].map(([key, scopes]) => [key, [...scopes]]));
}

function keysOf({ namespace, spec }: Resource<'ServiceEntry'>): readonly string[] {
  return scopesOf(spec.exportTo ?? [], namespace).flatMap((scope) =>
    (spec.hosts ?? []).flatMap((host) =>
      (spec.ports ?? []).map(({ number = 0 }) => `${number} ${host} ${scope}`),
    ),
  );
}

function protocolsOf({ spec }: Resource<'ServiceEntry'>, port: number): readonly string[] {
  return (spec.ports ?? [])
    .filter(({ number = 0 }) => number === port)
    .map(({ protocol = '' }) => protocol.toUpperCase());
}
