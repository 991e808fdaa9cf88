import { type GatewayProxy, proxiesOf, toGateway } from '../../mesh/gateways';
import { targetPortOf } from '../../mesh/resolve-ports';
import type { MeshPort } from '../../mesh/service';
import { isOnlyAssumed } from '../missing';
import { edit, rule } from '../rule';

export const serverPortNotExposed = rule({
  name: 'gateway/server-port-not-exposed',
  istio: 'IST0162',
  layer: 'traffic',
  severity: 'error',
  summary: "A server listens on a port that the gateway's Service does not expose.",
  on: 'Gateway',

  *check(resource, view) {
    const proxies = proxiesOf(view, toGateway(resource));
    for (const [index, server] of (resource.spec.servers ?? []).entries()) {
      const number = server.port?.number;
      if (number === undefined || proxies.length === 0 || proxies.some((it) => isExposed(it, number))) {
        continue;
      }
      const proxy = proxies[0]!;
      const ports = portsOf(proxy);
      if (ports.length === 0) {
        continue;
      }
      const path = ['spec', 'servers', index, 'port', 'number'];
      const { resource: service } = proxy.service;
      const exposed = ports.map((it) => it.number).join(', ');
      const isAssumed = isOnlyAssumed(view, proxy.service);
      yield {
        path,
        message: isAssumed
          ? `The gateway "${proxy.id}" usually exposes only ${exposed}, and no file has its Service; unless it exposes ${number} too, no request reaches this server`
          : `The gateway "${proxy.id}" does not expose port ${number}, only ${exposed}, so no request reaches this server`,
        severity: isAssumed ? 'info' : 'error',
        related: service
          ? [{ resource: service, path: ['spec', 'ports'], message: 'The ports of the Service' }]
          : [],
        fixes: likely(ports, server.port?.protocol).map((port, position) =>
          edit(`Use port ${port.number}`, resource, [{ op: 'set', path, value: port.number }], {
            preferred: position === 0,
          }),
        ),
      };
    }
  },
});

function portsOf({ services }: GatewayProxy): readonly MeshPort[] {
  return services.flatMap((it) => it.ports);
}

/** A server may name the port of the Service, or the port of the pods it leads to. */
function isExposed(proxy: GatewayProxy, number: number): boolean {
  return portsOf(proxy).some((port) => port.number === number || targetPortOf(port, proxy.pod) === number);
}

/** Ports in the order in which they may have been meant: encrypted ones first for encrypted servers. */
function likely(ports: readonly MeshPort[], protocol = ''): readonly MeshPort[] {
  const encrypted = ['HTTPS', 'TLS'].includes(protocol.toUpperCase());
  const fits = (it: MeshPort): boolean => ['HTTPS', 'TLS'].includes(it.protocol) === encrypted;
  return [...ports.filter(fits), ...ports.filter((it) => !fits(it))].slice(0, 3);
}
