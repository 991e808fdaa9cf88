import type { MergedVirtualService } from '../mesh/merged-virtual-service';
import type { Origin } from '../mesh/origin';
import { virtualServices } from '../mesh/virtual-services';
import { groupBy } from '../text/collections';
import type { View } from '../workspace/view';
import { type AnyRoute, routesOf } from './hops';

/** A route and one destination of it. */
export interface RouteTo {
  readonly virtualService: MergedVirtualService;
  readonly route: AnyRoute;
  /** Where the destination is written. */
  readonly origin: Origin;
}

/** Every route that names exactly this host as a destination. */
export function routesTo(view: View, host: string): readonly RouteTo[] {
  return view.lookUp('intent/routes-to', host, () => routesByDestination(view), sameRoute);
}

function routesByDestination(view: View): ReadonlyMap<string, readonly RouteTo[]> {
  const all = virtualServices(view).flatMap((virtualService) =>
    routesOf(virtualService).flatMap((route) =>
      route.destinations.map(({ destination, origin }) => ({
        host: destination.host ?? '',
        virtualService,
        route,
        origin,
      })),
    ),
  );
  return groupBy(all, (it) => it.host);
}

function sameRoute(a: RouteTo, b: RouteTo): boolean {
  return a.virtualService === b.virtualService && a.origin.path.join() === b.origin.path.join();
}
