import type { Resource } from '../../model/resource';
import type { Destination } from '../../model/specs';
import type { Path } from '../../yaml/node';

/** A destination of a VirtualService, and where it stands. */
export interface RouteDestinationSite {
  readonly destination: Destination;
  readonly path: Path;
}

/** Those of its routes, then those of its mirrors. */
export function writtenDestinations(
  virtualService: Resource<'VirtualService'>,
): readonly RouteDestinationSite[] {
  return [...routeDestinations(virtualService), ...mirrorDestinations(virtualService)];
}

function routeDestinations({ spec }: Resource<'VirtualService'>): readonly RouteDestinationSite[] {
  return (['http', 'tls', 'tcp'] as const).flatMap((block) =>
    (spec[block] ?? []).flatMap(({ route }, index) =>
      (route ?? []).map(({ destination = {} }, at) => ({
        destination,
        path: ['spec', block, index, 'route', at, 'destination'],
      })),
    ),
  );
}

function mirrorDestinations({ spec }: Resource<'VirtualService'>): readonly RouteDestinationSite[] {
  return (spec.http ?? []).flatMap(({ mirror, mirrors }, index) => [
    ...(mirror ? [{ destination: mirror, path: ['spec', 'http', index, 'mirror'] }] : []),
    ...(mirrors ?? []).map(({ destination = {} }, at) => ({
      destination,
      path: ['spec', 'http', index, 'mirrors', at, 'destination'],
    })),
  ]);
}
