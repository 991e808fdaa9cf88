import { gatewayProxies } from '../../mesh/gateways';
import { mergedGateway, type SkippedServer } from '../../mesh/merged-servers';
import type { PlacedServer } from '../../mesh/mesh-gateway';
import { sameResource } from '../../mesh/origin';
import type { Resource } from '../../model/resource';
import { groupBy } from '../../text/collections';
import type { View } from '../../workspace/view';

/** A server that a gateway leaves out, because another one was there first. */
export interface IgnoredServer extends SkippedServer {
  readonly winner: PlacedServer;
  /** The Service of the gateway, `namespace/name`. */
  readonly at: string;
}

/** What gateways leave out of a Gateway. */
export function ignoredServers(view: View, gateway: Resource<'Gateway'>): readonly IgnoredServer[] {
  return view.lookUp(
    'rules/ignored-servers',
    `${gateway.namespace}/${gateway.name}`,
    () =>
      groupBy(
        gatewayProxies(view).flatMap((proxy) =>
          mergedGateway(view, proxy).skipped.flatMap(({ winner, ...it }) =>
            winner ? [{ ...it, winner, at: proxy.id }] : [],
          ),
        ),
        ({ server }) => server.gateway.id,
      ),
    sameServer,
  );
}

function sameServer(a: IgnoredServer, b: IgnoredServer): boolean {
  return (
    a.at === b.at &&
    a.reason === b.reason &&
    a.port === b.port &&
    isSame(a.server, b.server) &&
    isSame(a.winner, b.winner)
  );
}

function isSame(a: PlacedServer, b: PlacedServer): boolean {
  return sameResource(a.origin.resource, b.origin.resource) && `${a.origin.path}` === `${b.origin.path}`;
}
