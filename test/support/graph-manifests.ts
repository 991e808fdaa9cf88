/** A route over the stock gateway for each of many hosts, one file for each host; some of them wrong. */
export function manyHosts(
  number: number,
  wrong: { readonly unbound?: readonly number[] } = {},
): { readonly [path: string]: string } {
  const files = Array.from({ length: number }, (_, index) => {
    const name = `host-${String(index).padStart(3, '0')}`;
    const isUnbound = wrong.unbound?.includes(index) ?? false;
    return [`${name}.yaml`, oneHost(name, isUnbound)] as const;
  });
  return { 'gateway.yaml': gatewayFor('*.example.com'), ...Object.fromEntries(files) };
}

const gatewayFor = (host: string): string => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: egress, namespace: shop}
spec:
  selector: {istio: egressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: ["${host}"]
`;

/** `unbound` leaves the gateway out of the route's gateways, so that requests fail there. */
function oneHost(name: string, unbound: boolean): string {
  return `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: ${name}, namespace: shop}
spec:
  hosts: [${name}.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: shop}
spec:
  hosts: [${name}.example.com]
  gateways: [mesh${unbound ? '' : ', egress'}]
  http:
  - match: [{gateways: [mesh], port: 80}]
    route: [{destination: {host: istio-egressgateway.istio-system.svc.cluster.local, port: {number: 80}}}]
  - match: [{gateways: [egress], port: 80}]
    route: [{destination: {host: ${name}.example.com, port: {number: 80}}}]
`;
}
