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
import { chainReasons, serverReasons } from './chain-reasons';
import { routeReasons } from './route-reasons';
import { ruleReasons } from './rule-reasons';
import { serviceReasons, strangerReasons } from './service-reasons';
import { streamReasons, unseenReasons } from './stream-reasons';

/** Says at each decision of a journey what might have decided otherwise, and why it did not. */
export class Reasons {
  readonly #view: View;

  constructor(view: View) {
    this.#view = view;
  }

  /** A port of a gateway that nobody listens on. */
  closed(hop: Hop, proxy: MeshProxy, connection: Connection): Hop {
    return considered(hop, [
      ...serverReasons(this.#view, proxy, connection.port, false),
      ...bindingReasons(this.#view, proxy, nameOf(connection)),
    ]);
  }

  chain(hop: Hop, proxy: MeshProxy, connection: Connection, listener: Listener, taken: ChainChoice): Hop {
    const name = nameOf(connection);
    const sni = sniOf(connection);
    const chains = [
      ...serverReasons(this.#view, proxy, connection.port, true),
      ...chainReasons(listener, taken, sni),
    ];
    if (typeof taken === 'string') {
      return considered(hop, [...chains, ...bindingReasons(this.#view, proxy, name)]);
    }
    const isStream = proxy.type === 'sidecar' && taken.filter.kind === 'tcp';
    const isStranger = taken.filter.kind === 'catch-all';
    return considered(hop, [
      ...chains,
      ...(isStream ? streamReasons(this.#view, proxy, taken, name) : []),
      ...(isStream ? unseenReasons(this.#view, proxy, name) : []),
      ...(isStranger ? strangerReasons(this.#view, proxy, name, connection) : []),
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
      ...(proxy.type === 'sidecar' ? unseenReasons(this.#view, proxy, withoutPort(authority)) : []),
    ]);
  }

  cluster(hop: Hop, proxy: MeshProxy, reference: ClusterReference): Hop {
    return considered(hop, [
      ...serviceReasons(this.#view, proxy, reference.hostname, reference.port),
      ...ruleReasons(this.#view, proxy, reference),
    ]);
  }

  /** A host or port that a sidecar does not know. */
  stranger(hop: Hop, proxy: MeshProxy, connection: Connection): Hop {
    const name = nameOf(connection);
    return considered(hop, [
      ...strangerReasons(this.#view, proxy, name, connection),
      ...unseenReasons(this.#view, proxy, name),
    ]);
  }
}

/** The name a connection asks for. */
function nameOf(connection: Connection): string {
  return sniOf(connection) ?? withoutPort(connection.http.authority);
}
