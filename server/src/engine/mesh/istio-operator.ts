import { fields, items, labels, text } from '../model/guards';
import type { Resource } from '../model/resource';
import type { KnownGateway, View } from '../workspace/view';
import { deriveList, memoize } from './derive';

export function istioOperators(view: View): readonly Resource<'Other'>[] {
  return deriveList(view, 'mesh/istio-operators', '', () =>
    view.all('Other').filter((it) => it.writtenKind === 'IstioOperator'),
  );
}

/** What an IstioOperator says of a gateway; what it leaves out is as its profile has it. */
export interface OperatorGateway extends Pick<KnownGateway, 'namespace' | 'name'> {
  readonly enabled: boolean;
  readonly labels?: KnownGateway['labels'];
  readonly ports?: KnownGateway['ports'];
}

export const operatorGateways = memoize((operator: Resource<'Other'>): readonly OperatorGateway[] => {
  const { namespace, components } = fields(operator.spec);
  const home = text(namespace) || 'istio-system';
  return items(fields(components).egressGateways).flatMap((it): OperatorGateway[] => {
    const gateway = fields(it);
    const name = text(gateway.name);
    if (name === undefined) {
      return [];
    }
    const ports = portsOf(fields(fields(gateway.k8s).service).ports);
    const own = labels(gateway.label);
    return [
      {
        name,
        namespace: text(gateway.namespace) || home,
        enabled: gateway.enabled !== false,
        ...(Object.keys(own).length > 0 && { labels: own }),
        ...(ports.length > 0 && { ports }),
      },
    ];
  });
});

function portsOf(written: unknown): KnownGateway['ports'] {
  return items(written).flatMap((it) => {
    const { port, targetPort } = fields(it);
    return typeof port === 'number'
      ? [{ port, targetPort: typeof targetPort === 'number' ? targetPort : port }]
      : [];
  });
}
