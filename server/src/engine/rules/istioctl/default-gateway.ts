import { meshFacts } from '../../mesh/facts';
import type { KnownGateway, View } from '../../workspace/view';

/**
 * The ingress gateway that istioctl adds to the files it reads, because nobody keeps it beside them. It adds no egress
 * gateway.
 */
export function defaultGateway(view: View): readonly KnownGateway[] {
  const { controllerMode, service } = meshFacts(view).ingress.value;
  return controllerMode === 'OFF' ? [] : [{ ...ingressGateway, name: service }];
}

const ingressGateway: Omit<KnownGateway, 'name'> = {
  namespace: 'istio-system',
  labels: { istio: 'ingressgateway' },
  ports: [80, 443, 31400, 15443].map((port) => ({ port, targetPort: port })),
};
