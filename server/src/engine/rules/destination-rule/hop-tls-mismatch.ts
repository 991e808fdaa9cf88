import { type TlsDisagreement, tlsDisagreementsInto } from '../../intent/hop-tls';
import { compareAge } from '../../mesh/age';
import { findGatewayProxy } from '../../mesh/gateways';
import { isWildcard, resolveShortName } from '../../mesh/hosts';
import { type Origin, sameResource, within } from '../../mesh/origin';
import type { Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import type { YamlEdit } from '../../yaml/edit';
import { fittingTls, hopTlsMessage, serverModeFix } from '../hop-tls';
import { edit, type RuleFinding, type RuleRelated, rule } from '../rule';

export const hopTlsMismatch = rule({
  name: 'destination-rule/hop-tls-mismatch',
  layer: 'traffic',
  severity: 'error',
  summary: 'What sidecars do on the way to the egress gateway is not what the server there expects.',
  on: 'DestinationRule',

  *check(resource, view) {
    const reported = new Set<string>();
    for (const it of disagreements(view, resource)) {
      const place = placeIn(it);
      const key = `${place.path.join()} ${it.reason}`;
      if (sameResource(place.resource, resource) && !reported.has(key) && !isForgottenSubset(it)) {
        reported.add(key);
        yield finding(view, resource, it, place);
      }
    }
  },
});

function disagreements(
  view: View,
  { spec, namespace }: Resource<'DestinationRule'>,
): readonly TlsDisagreement[] {
  const host = resolveShortName(spec.host ?? '', namespace);
  const proxy = isWildcard(host) ? undefined : findGatewayProxy(view, host);
  return proxy ? tlsDisagreementsInto(view, proxy) : [];
}

/** The settings are there, in a subset the route does not name: the route is where that stands. */
function isForgottenSubset({ client, subset, rule: decides }: TlsDisagreement): boolean {
  return !client && !subset && (decides?.subsets ?? []).some((it) => it.subset.trafficPolicy !== undefined);
}

/** The settings themselves, or where they would have to stand. */
function placeIn({ client, subset, rule: decides, hop }: TlsDisagreement): Origin {
  return (
    client?.origin ??
    subset?.origin ??
    (decides ? { resource: decides.from[0]!, path: ['spec', 'host'] } : hop.origin)
  );
}

function finding(
  view: View,
  resource: Resource<'DestinationRule'>,
  it: TlsDisagreement,
  place: Origin,
): RuleFinding {
  const mode = serverModeFix(view, it);
  return {
    path: place.path,
    ...(it.client && { part: 'key' as const }),
    message: hopTlsMessage(it),
    related: [
      {
        resource: it.server.origin.resource,
        path: [...it.server.origin.path, 'port'],
        message: 'The server on the other side',
      },
      { ...it.hop.origin, message: 'The route that leads there' },
      ...rivals(view, resource, it),
    ],
    fixes: [...mode, edit(title(it), resource, edits(it, place), { preferred: mode.length === 0 })],
  };
}

/** Other rules for the same gateway, which may be the ones that should decide. */
function rivals(view: View, resource: Resource<'DestinationRule'>, { hop }: TlsDisagreement): RuleRelated[] {
  const { hostname, name } = hop.proxy.service;
  return [hostname, name]
    .flatMap((it) => view.byHost('DestinationRule', it))
    .filter((it) => resolveShortName(it.spec.host ?? '', it.namespace) === hostname)
    .filter((it) => !sameResource(it, resource))
    .toSorted(compareAge)
    .slice(0, 3)
    .map((it) => ({ resource: it, path: ['spec', 'host'], message: 'This rule is for the same gateway' }));
}

function title(it: TlsDisagreement): string {
  const { mode, sni } = fittingTls(it);
  return sni === undefined ? `Set the mode ${mode}` : `Set the mode ${mode} with SNI "${sni}"`;
}

function edits(it: TlsDisagreement, place: Origin): readonly YamlEdit[] {
  const tls = fittingTls(it);
  if (it.client) {
    const set = Object.entries(tls).map(([key, value]): YamlEdit => {
      return { op: 'set', path: [...place.path, key], value };
    });
    const isLeftOver = tls.sni === undefined && it.client.value.sni !== undefined && tls.mode === 'DISABLE';
    return isLeftOver ? [...set, { op: 'remove', path: [...place.path, 'sni'] }] : set;
  }
  const policy = it.subset ? within(place, 'trafficPolicy').path : ['spec', 'trafficPolicy'];
  const setting = { port: { number: it.hop.port }, tls };
  return [{ op: 'insert', path: [...policy, 'portLevelSettings'], value: setting }];
}
