import { routeCountsAt, routesOf } from '../../intent/hops';
import { hostsOverlap, meshGateway, resolveGatewayName } from '../../mesh/hosts';
import { virtualServices } from '../../mesh/virtual-services';
import type { Resource } from '../../model/resource';
import type { RouteMatch } from '../../model/specs';
import { nearest } from '../../text/nearest';
import type { View } from '../../workspace/view';
import type { Path } from '../../yaml/node';
import { edit, type RuleFinding, type RuleFix, rule } from '../rule';

export const matchGatewayNotBound = rule({
  name: 'virtual-service/match-gateway-not-bound',
  layer: 'traffic',
  severity: 'error',
  summary: 'A match names a gateway that `spec.gateways` does not, so it never applies there.',
  on: 'VirtualService',

  *check(virtualService, view) {
    const { namespace, spec } = virtualService;
    // Without hosts it is a delegate: the one that refers to it decides where it is bound.
    if ((spec.hosts ?? []).length === 0) {
      return;
    }
    const written = (spec.gateways ?? []).length === 0 ? [meshGateway] : spec.gateways!;
    const bound = new Set(written.map((it) => resolveGatewayName(it, namespace)));
    for (const { match, path } of matchesOf(virtualService)) {
      for (const [index, name] of (match.gateways ?? []).entries()) {
        const gateway = resolveGatewayName(name, namespace);
        if (!bound.has(gateway)) {
          const severity = isServedElsewhere(view, virtualService, gateway) ? 'info' : 'error';
          yield { ...finding(virtualService, [...path, 'gateways', index], name, written), severity };
        }
      }
    }
  },
});

/** Another VirtualService has these hosts at that gateway, so what is left over here does no harm. */
function isServedElsewhere(view: View, own: Resource<'VirtualService'>, gateway: string): boolean {
  return virtualServices(view).some(
    (it) =>
      it.resource !== own &&
      routesOf(it).some((route) => routeCountsAt(it, route, gateway)) &&
      it.hosts.some((host) => own.spec.hosts!.some((mine) => hostsOverlap(host, mine))),
  );
}

function* matchesOf({
  spec,
}: Resource<'VirtualService'>): Iterable<{ readonly match: RouteMatch; readonly path: Path }> {
  for (const block of ['http', 'tls', 'tcp'] as const) {
    for (const [route, { match }] of (spec[block] ?? []).entries()) {
      for (const [index, it] of (match ?? []).entries()) {
        yield { match: it, path: ['spec', block, route, 'match', index] };
      }
    }
  }
}

function finding(
  virtualService: Resource<'VirtualService'>,
  path: Path,
  name: string,
  bound: readonly string[],
): RuleFinding {
  const free = bound.filter((it) => it !== meshGateway);
  const meant = name === meshGateway ? undefined : (sameName(name, free) ?? nearest(name, free));
  const bindings = ['spec', 'gateways'];
  const bind: RuleFix = edit(
    `Bind the VirtualService to "${name}"`,
    virtualService,
    // Without the list it is bound to "mesh", which has to be written once another name is.
    virtualService.spec.gateways
      ? [{ op: 'insert', path: bindings, value: name }]
      : [{ op: 'set', path: bindings, value: [meshGateway, name] }],
    { preferred: meant === undefined },
  );
  const change: RuleFix[] =
    meant === undefined
      ? []
      : [
          edit(`Change to "${meant}"`, virtualService, [{ op: 'set', path, value: meant }], {
            preferred: true,
          }),
        ];
  return {
    path,
    message: `This match never applies at "${name}": "spec.gateways" does not name it`,
    related: [
      { resource: virtualService, path: ['spec', 'gateways'], message: 'The gateways it is bound to' },
    ],
    fixes: [...change, bind],
  };
}

/** The bound gateway with this name in another namespace, or written without one. */
function sameName(name: string, bound: readonly string[]): string | undefined {
  const short = (it: string): string => it.slice(it.indexOf('/') + 1);
  return bound.find((it) => short(it) === short(name));
}
