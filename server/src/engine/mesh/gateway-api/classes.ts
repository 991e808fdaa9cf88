import { text } from '../../model/guards';
import type { Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import { gatewayApiObjects, mapsIn } from './objects';

const controller = 'istio.io/gateway-controller';
/** The class Istio installs by itself. */
const ownClass = 'istio';

/** Whether Istio configures gateways for this Gateway of the Gateway API. */
export function isIstioGateway(view: View, gateway: Resource<'Other'>): boolean {
  const name = text(gateway.spec.gatewayClassName);
  const written = gatewayApiObjects(view, 'GatewayClass').find((it) => it.name === name);
  return written ? text(written.spec.controllerName) === controller : name === ownClass;
}

/** Whether Istio makes the Deployment and the Service too: where no address of a running gateway is named. */
export function isManaged({ spec }: Resource<'Other'>): boolean {
  const addresses = mapsIn(spec, 'addresses');
  return addresses.length === 0 || (addresses.length === 1 && text(addresses[0]!.type) === 'IPAddress');
}

const nameAnnotation = 'gateway.istio.io/name-override';

/** The Service Istio makes for a managed Gateway. */
export function managedName(gateway: Resource<'Other'>): string {
  return (
    gateway.annotations[nameAnnotation] ?? `${gateway.name}-${text(gateway.spec.gatewayClassName) ?? ''}`
  );
}

export const gatewayNameLabel = 'gateway.networking.k8s.io/gateway-name';
