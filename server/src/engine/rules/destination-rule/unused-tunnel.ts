import { routesTo } from '../../intent/routes-to';
import { resolveShortName } from '../../mesh/hosts';
import type { Resource } from '../../model/resource';
import { rule } from '../rule';

export const unusedTunnel = rule({
  name: 'destination-rule/unused-tunnel',
  layer: 'traffic',
  severity: 'warning',
  summary:
    'A tunnel is set for a destination that HTTP routes lead to, and only TLS and TCP routes use tunnels.',
  on: 'DestinationRule',

  *check(resource, view) {
    const host = resolveShortName(resource.spec.host ?? '', resource.namespace);
    const routes = routesTo(view, host);
    for (const { path, subset } of tunnels(resource)) {
      const own = routes.filter(({ origin, virtualService, route }) => {
        const found = route.destinations.find((it) => it.origin.path.join() === origin.path.join());
        return virtualService && (subset === undefined || found?.destination.subset === subset);
      });
      const [http] = own.filter((it) => it.route.block === 'http');
      if (http && own.every((it) => it.route.block === 'http')) {
        yield {
          path,
          part: 'key',
          message: `This tunnel is not used: "http" routes lead to "${host}", and a proxy tunnels connections of "tls" and "tcp" routes alone`,
          related: [{ ...http.origin, message: 'The route that leads there' }],
        };
      }
    }
  },
});

function tunnels({
  spec,
}: Resource<'DestinationRule'>): readonly { readonly path: (string | number)[]; readonly subset?: string }[] {
  return [
    ...(spec.trafficPolicy?.tunnel ? [{ path: ['spec', 'trafficPolicy', 'tunnel'] }] : []),
    ...(spec.subsets ?? []).flatMap((it, index) =>
      it.trafficPolicy?.tunnel
        ? [{ path: ['spec', 'subsets', index, 'trafficPolicy', 'tunnel'], subset: it.name ?? '' }]
        : [],
    ),
  ];
}
