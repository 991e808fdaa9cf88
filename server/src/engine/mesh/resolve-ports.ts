import type { GatewayProxy } from './gateways';
import type { MeshGateway } from './mesh-gateway';
import type { MeshPort, MeshService } from './service';
import type { Pod } from './workloads';

const noTranslationLabel = 'experimental.istio.io/disable-gateway-port-translation';

/**
 * The ports a server really listens on. A server may name the port of a Service and gets its target port, or, where
 * no Service has the port, the port of the pod itself.
 */
export function resolvePorts(number: number, gateway: MeshGateway, proxy: GatewayProxy): readonly number[] {
  const byService = gateway.serviceHosts !== undefined;
  const services = proxy.services.filter((it) =>
    byService
      ? it.namespace === gateway.namespace && gateway.serviceHosts!.includes(it.hostname)
      : it.resource?.labels[noTranslationLabel] === undefined,
  );
  const targets = services.flatMap((service) => targetOf(service, number, proxy.pod) ?? []);
  if (byService) {
    return [...new Set(targets)];
  }
  return [targets[0] ?? number];
}

function targetOf(service: MeshService, number: number, pod: Pod): number | undefined {
  const port = service.ports.find((it) => it.number === number);
  return port && targetPortOf(port, pod);
}

/** The number of the container's port; nothing for a name that no container has. */
export function targetPortOf(port: MeshPort, pod: Pod): number | undefined {
  if (typeof port.targetPort === 'string') {
    return pod.containerPorts.get(port.targetPort);
  }
  return port.targetPort ?? port.number;
}
