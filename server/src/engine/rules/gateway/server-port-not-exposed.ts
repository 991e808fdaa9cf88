import { type GatewayProxy, proxiesOf, toGateway } from '../../mesh/gateways';
import { targetPortOf } from '../../mesh/resolve-ports';
import type { MeshPort } from '../../mesh/service';
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
      const known = proxy.service.resource;
      yield {
        path,
        message: `The gateway "${proxy.id}" does not expose port ${number}, only ${ports.map((it) => it.number).join(', ')}, so no request reaches this server`,
        ...(!known && !view.settings.closedWorld && { severity: 'warning' as const }),
        related: known
          ? [{ resource: known, path: ['spec', 'ports'], message: 'The ports of the Service' }]
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
