import { kubernetesProtocol } from '../../mesh/protocols';
import type { Resource } from '../../model/resource';

/** The ports of a Service whose names istioctl judges, by their places: those that do not tell their protocol. */
export function unnamedPorts(service: Resource<'Service'>): readonly number[] {
  if (isPartOfIstio(service) || madeByIstio.has(service.labels['gateway.istio.io/managed'] ?? '')) {
    return [];
  }
  const { ports = [], type } = service.spec;
  return ports.flatMap((port, index) => {
    const isOpaque = type === 'ExternalName' && port.name === 'tcp';
    return isOpaque || kubernetesProtocol(port) === 'unsupported' ? [index] : [];
  });
}

/** Labels by which istioctl knows what Istio's installation brought. */
export function isPartOfIstio({ labels }: Resource): boolean {
  return labels.istio !== undefined || labels.release === 'istio';
}

/** Controllers of Istio that make Services for Gateways. */
const madeByIstio: ReadonlySet<string> = new Set([
  'istio.io-gateway-controller',
  'istio.io-mesh-controller',
  'istio.io-eastwest-controller',
]);
