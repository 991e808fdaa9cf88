import type { KnownGateway, View } from '../workspace/view';
import { deriveList, memoize } from './derive';
import { istioOperators, type OperatorGateway, operatorGateways } from './istio-operator';

/** The egress gateway that Istio's own installation brings. */
export const stockGateway: KnownGateway = {
  namespace: 'istio-system',
  name: 'istio-egressgateway',
  labels: { app: 'istio-egressgateway', istio: 'egressgateway' },
  ports: [
    { port: 80, targetPort: 8080 },
    { port: 443, targetPort: 8443 },
  ],
};

/** The same where nobody said that it is there. */
const assumedGateway: KnownGateway = { ...stockGateway, assumed: true };

/** Gateways without a Service among the files: what an IstioOperator installs, what the settings say, the stock one. */
export function knownGateways(view: View): readonly KnownGateway[] {
  return deriveList(view, 'mesh/known-gateways', '', () => {
    const { stockGateway: isStock, stockGatewayKnown, gateways } = view.settings;
    const operated = istioOperators(view).flatMap(operatorGateways);
    const stock = stockGatewayKnown ? stockGateway : assumedGateway;
    const isLeftOut = operated.some((it) => !it.enabled && isSame(it, stockGateway));
    const all = [
      ...operated.filter((it) => it.enabled).map(asKnown),
      ...gateways,
      ...(isStock && !isLeftOut ? [stock] : []),
    ];
    return all.filter(
      (it, index) =>
        all.findIndex((other) => isSame(it, other)) === index &&
        !view.declares('Service', it.namespace, it.name),
    );
  });
}

const asKnown = memoize(({ name, namespace, ...gateway }: OperatorGateway): KnownGateway => {
  const usual = { app: name, istio: name.replace(/^istio-/, '') };
  return { name, namespace, labels: gateway.labels ?? usual, ports: gateway.ports ?? stockGateway.ports };
});

function isSame(a: Pick<KnownGateway, 'namespace' | 'name'>, b: typeof a): boolean {
  return a.namespace === b.namespace && a.name === b.name;
}
