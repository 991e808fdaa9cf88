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
  isAside: true,

  *check(entry, view) {
    const { spec } = entry;
    const scopes = entryScopes(entry);
    for (const [index, { number = 0 }] of (spec.ports ?? []).entries()) {
      for (const host of spec.hosts ?? []) {
        const rivals = rivalsOf(view, scopes, host, number);
        const protocols = new Set(rivals.flatMap((it) => protocolsOf(it, number)));
        if (protocols.size > 1) {
          yield {
            path: ['spec', 'ports', index, 'protocol'],
            severity: view.settings.profile === 'istioctl' ? 'warning' : 'info',
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

/** Everything that some namespace sees beside this entry, when it does not agree. */
function rivalsOf(
  view: View,
  scopes: readonly string[],
  host: string,
  port: number,
): readonly Resource<'ServiceEntry'>[] {
  const entries = entriesNaming(view, host, port);
  if (entries.length < 2) {
    return [];
  }
  const seenFrom = entries.map((entry) => ({ entry, scopes: entryScopes(entry) }));
  // What everyone sees is seen wherever one of the others is.
  const places = scopes.includes('*') ? new Set(seenFrom.flatMap((it) => it.scopes)) : new Set(scopes);
  const sets = [...places].map((place) =>
    seenFrom.filter((it) => it.scopes.includes(place) || it.scopes.includes('*')).map((it) => it.entry),
  );
  return sets.find((it) => new Set(it.flatMap((entry) => protocolsOf(entry, port))).size > 1) ?? [];
}

function entriesNaming(view: View, host: string, port: number): readonly Resource<'ServiceEntry'>[] {
  return view.lookUp(
    'istioctl/service-entries-by-port',
    `${port} ${host}`,
    () =>
      groupByEach(seen(view, 'ServiceEntry'), ({ spec }) =>
        (spec.hosts ?? []).flatMap((name) => (spec.ports ?? []).map(({ number = 0 }) => `${number} ${name}`)),
      ),
    sameResource,
  );
}

function entryScopes({ namespace, spec }: Resource<'ServiceEntry'>): readonly string[] {
  return scopesOf(spec.exportTo ?? [], namespace);
}

function protocolsOf({ spec }: Resource<'ServiceEntry'>, port: number): readonly string[] {
  return (spec.ports ?? [])
    .filter(({ number = 0 }) => number === port)
    .map(({ protocol = '' }) => protocol.toUpperCase());
}
