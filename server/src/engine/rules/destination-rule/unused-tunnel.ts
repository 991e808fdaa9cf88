import { type RouteTo, routesTo } from '../../intent/routes-to';
import { resolveShortName } from '../../mesh/hosts';
import { isHttp } from '../../mesh/protocols';
import { servicesNamed } from '../../mesh/registry';
import type { Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
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
    const isForHost = ({ virtualService }: RouteTo): boolean => virtualService.hosts.includes(host);
    for (const { path, subset } of tunnels(resource)) {
      const own = routes.filter(({ origin, route }) => {
        const found = route.destinations.find((it) => it.origin.path.join() === origin.path.join());
        return subset === undefined || found?.destination.subset === subset;
      });
      // Connections to the host itself are tunneled without any route.
      const isUsed = subset === undefined && routes.some(isForHost) && speaksOtherThanHttp(view, host);
      const [http] = own.filter((it) => it.route.block === 'http');
      if (!isUsed && http && own.every((it) => it.route.block === 'http')) {
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

function speaksOtherThanHttp(view: View, host: string): boolean {
  const ports = servicesNamed(view, host).flatMap((it) => it.ports);
  return ports.some(({ protocol }) => !isHttp(protocol) && protocol !== 'UDP');
}

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
