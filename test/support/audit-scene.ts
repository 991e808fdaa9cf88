import { audit } from '../../server/src/engine/audit/audit';
import { groupRows } from '../../server/src/engine/audit/group-rows';
import type { Audit, AuditRow } from '../../server/src/engine/audit/row';
import { fromText } from '../../server/src/engine/audit/words';
import { type MeshOptions, mesh } from './mesh-scene';

/** Objects of a small mesh by name, as tests put them together. */
export const objects = {
  entry: `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: partner, namespace: shop}
spec:
  hosts: [api.partner.example.com]
  ports:
  - {number: 80, name: http, protocol: HTTP}
  - {number: 443, name: tls, protocol: TLS}
  resolution: DNS
`,
  gateway: `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: partner, namespace: istio-system}
spec:
  selector: {istio: egressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [api.partner.example.com]
`,
  route: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: partner, namespace: shop}
spec:
  hosts: [api.partner.example.com]
  gateways: [mesh, istio-system/partner]
  http:
  - match:
    - {gateways: [mesh], port: 80}
    route:
    - destination: {host: istio-egressgateway.istio-system.svc.cluster.local, port: {number: 80}}
  - match:
    - {gateways: [istio-system/partner], port: 80}
    route:
    - destination: {host: api.partner.example.com, port: {number: 80}}
`,
  injected: `apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
`,
} as const;

/** A Deployment whose pods carry these labels and annotations, written as flow mappings. */
export function deployment(name: string, labels = `{app: ${name}}`, annotations = '{}', spec = ''): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  selector: {matchLabels: ${labels}}
  template:
    metadata: {labels: ${labels}, annotations: ${annotations}}
    spec: {${spec}containers: [{name: app, image: app}]}
`;
}

/** A NetworkPolicy of the namespace of the clients. */
export function policy(name: string, spec: string, namespace = 'shop'): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: ${namespace}}
spec: ${spec}
`;
}

export function auditOf(documents: readonly string[], options: MeshOptions = {}): Audit {
  return audit(mesh(documents.join('---\n'), options));
}

/** One line for each row: where from, what for, how it ends. */
export function lines({ rows }: Pick<Audit, 'rows'>): readonly string[] {
  return rows.map(lineOf);
}

export function lineOf({ from, host, port, protocol, verdict, via, requests, weight }: AuditRow): string {
  const special = [requests && `[${requests}]`, weight && `${weight} %`].filter(Boolean).join(' ');
  const end = `${verdict}${via.length > 0 ? ` ${via.join(' ')}` : ''}`;
  return `${fromText(from)}: ${host}:${port} ${protocol}${special && ` ${special}`} → ${end}`;
}

/** The reasons of the rows of one destination. */
export function reasons({ rows }: Pick<Audit, 'rows'>, host: string, port = '*'): readonly string[] {
  return groupRows(rows)
    .filter((it) => it.host === host && (port === '*' || it.port === port))
    .map((it) => it.reason);
}

/** A route through the stock gateway, and clients with sidecars. */
export const governed: readonly string[] = [objects.entry, objects.gateway, objects.route, objects.injected];

/** In a NetworkPolicy: the namespace of the stock gateway. */
export const toGateway = '{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: istio-system}}}';

/** Lets the clients out to the gateway alone. */
export const closed = policy(
  'closed',
  `{podSelector: {}, policyTypes: [Egress], egress: [{to: [${toGateway}]}]}`,
);

/** The enforcement facts of one kind, as the report words them. */
export function facts(documents: readonly string[], kind: string, mesh?: string): readonly string[] {
  return auditOf(documents, mesh === undefined ? {} : { mesh })
    .enforcement.filter((it) => it.kind === kind)
    .map((it) => `${it.state}: ${it.text}`);
}

/** How the rows end, with a short name for the host of the route. */
export function endings(documents: readonly string[]): readonly string[] {
  return lines(auditOf(documents)).map((it) => it.replace('api.partner.example.com', 'api'));
}
