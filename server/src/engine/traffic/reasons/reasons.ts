import type { View } from '../../workspace/view';
import { considered } from '../branch';
import type { ChainChoice } from '../choose-chain';
import type { ClusterReference } from '../clusters';
import { type Connection, sniOf, withoutPort } from '../connection';
import type { Listener } from '../filter-chains';
import { routesOf } from '../http-filter';
import type { MeshProxy } from '../mesh-proxy';
import type { Hop } from '../request';
import { matchesRoute } from '../route-match';
import { findVirtualHost } from '../virtual-hosts';
import { bindingReasons } from './binding-reasons';
import { chainReasons, serverReasons, streamReasons } from './chain-reasons';
import { routeReasons } from './route-reasons';
import { ruleReasons } from './rule-reasons';
import { serviceReasons, strangerReasons } from './service-reasons';

/** Says at each decision of a journey what might have decided otherwise, and why it did not. */
export class Reasons {
  readonly #view: View;

  constructor(view: View) {
    this.#view = view;
  }

  /** A port of a gateway that nobody listens on. */
  closed(hop: Hop, proxy: MeshProxy, { port }: Connection): Hop {
    return considered(hop, serverReasons(this.#view, proxy, port, false));
  }

  chain(hop: Hop, proxy: MeshProxy, connection: Connection, listener: Listener, taken: ChainChoice): Hop {
    const sni = sniOf(connection);
    const isStranger = typeof taken !== 'string' && taken.filter.kind === 'catch-all';
    return considered(hop, [
      ...serverReasons(this.#view, proxy, connection.port, true),
      ...chainReasons(listener, taken, sni),
      ...(typeof taken !== 'string' && proxy.type === 'sidecar'
        ? streamReasons(this.#view, proxy, taken, sni)
        : []),
      ...(isStranger ? this.#stranger(proxy, connection) : []),
    ]);
  }

  route(hop: Hop, proxy: MeshProxy, connection: Connection, routeConfig: string): Hop {
    const routes = routesOf(this.#view, proxy, routeConfig);
    const { authority } = connection.http;
    const host = findVirtualHost(routes, authority);
    if (!host && routes.catchAll) {
      return this.stranger(hop, proxy, connection);
    }
    const isLost = !host?.routes.some((it) => matchesRoute(it, connection.http));
    return considered(hop, [
      ...routeReasons(this.#view, proxy, connection, routes),
      ...(isLost ? bindingReasons(this.#view, proxy, withoutPort(authority)) : []),
    ]);
  }

  cluster(hop: Hop, proxy: MeshProxy, { hostname, port }: ClusterReference): Hop {
    return considered(hop, [
      ...serviceReasons(this.#view, proxy, hostname, port),
      ...ruleReasons(this.#view, proxy, hostname),
    ]);
  }

  /** A port of a sidecar that nobody listens on. */
  stranger(hop: Hop, proxy: MeshProxy, connection: Connection): Hop {
    return considered(hop, this.#stranger(proxy, connection));
  }

  #stranger(proxy: MeshProxy, connection: Connection) {
    const host = sniOf(connection) ?? withoutPort(connection.http.authority);
    return strangerReasons(this.#view, proxy, host, connection.port);
  }
}
