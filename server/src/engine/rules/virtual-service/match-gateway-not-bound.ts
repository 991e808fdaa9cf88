import { boundNames, hopWithoutMesh, unboundNames } from '../../intent/bindings';
import { routeCountsAt, routesOf } from '../../intent/hops';
import { hostsOverlap, meshGateway } from '../../mesh/hosts';
import { sameResource } from '../../mesh/origin';
import { virtualServices } from '../../mesh/virtual-services';
import type { Resource } from '../../model/resource';
import { nearest } from '../../text/nearest';
import type { View } from '../../workspace/view';
import type { Path } from '../../yaml/node';
import { isSlip } from '../missing';
import { edit, type RuleFinding, type RuleFix, rule } from '../rule';

export const matchGatewayNotBound = rule({
  name: 'virtual-service/match-gateway-not-bound',
  layer: 'traffic',
  severity: 'error',
  summary: 'A match names a gateway that `spec.gateways` does not, so it never applies there.',
  on: 'VirtualService',

  *check(virtualService, view) {
    for (const { path, name, gateway } of unboundNames(virtualService)) {
      // A forgotten "mesh" is told once, where it is missing, and not for every match that says it.
      if (gateway !== meshGateway || !hopWithoutMesh(view, virtualService)) {
        const severity = isServedElsewhere(view, virtualService, gateway) ? 'info' : 'error';
        yield { ...finding(virtualService, path, name), severity };
      }
    }
  },
});

/** Another VirtualService has these hosts at that gateway, so what is left over here does no harm. */
function isServedElsewhere(view: View, own: Resource<'VirtualService'>, gateway: string): boolean {
  return virtualServices(view).some(
    (it) =>
      !sameResource(it.resource, own) &&
      routesOf(it).some((route) => routeCountsAt(it, route, gateway)) &&
      it.hosts.some((host) => own.spec.hosts!.some((mine) => hostsOverlap(host, mine))),
  );
}

function finding(virtualService: Resource<'VirtualService'>, path: Path, name: string): RuleFinding {
  const free = boundNames(virtualService.spec.gateways).filter((it) => it !== meshGateway);
  const written = boundNames(virtualService.spec.gateways);
  const isMesh = written.includes(meshGateway) && isSlip(name, meshGateway);
  const near = isMesh ? meshGateway : (sameName(name, free) ?? nearest(name, free));
  const meant = name === meshGateway ? undefined : near;
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
