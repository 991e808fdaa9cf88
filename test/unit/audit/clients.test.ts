import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { auditOf, deployment, lines, objects } from '../../support/audit-scene';

const { entry, gateway, route } = objects;
const namespacesOf = (documents: readonly string[]): readonly string[] => [
  ...new Set(auditOf(documents).rows.map((it) => it.from.namespace)),
];

suite('audit: whose requests', () => {
  test('the namespaces that objects, exportTo and matches name', () => {
    const exported = entry.replace('  resolution', '  exportTo: [".", billing]\n  resolution');
    const matched = route.replace('{gateways: [mesh], port: 80}', '{sourceNamespace: hr, port: 80}');
    assert.deepEqual(namespacesOf([exported, gateway, matched]).toSorted(), ['billing', 'hr', 'shop']);
  });

  test('neither where the gateway lives nor the system', () => {
    const system = ['istio-system', 'kube-system', 'web'].map(
      (it) => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${it}}\n`,
    );
    assert.deepEqual(namespacesOf([...system, gateway]), ['web']);
  });

  test('where only gateways are known it is any namespace, and the audit says so', () => {
    const central = [entry, gateway, route].map((it) =>
      it.replaceAll('namespace: shop', 'namespace: istio-system'),
    );
    const audit = auditOf(central);
    assert.deepEqual([...new Set(audit.rows.map((it) => it.from.namespace))], ['*']);
    assert.match(audit.limits[0]!, /No file names a namespace/);
  });

  test('a namespace with a gateway of its own, where a route is for nobody else', () => {
    const service = `apiVersion: v1
kind: Service
metadata: {name: egress, namespace: shop}
spec: {selector: {istio: egressgateway}, ports: [{port: 80, name: http}]}
`;
    const own = gateway.replace('istio-system', 'shop');
    const elsewhere = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: web}\n';
    const hidden = route.replace('  http:\n', '  exportTo: ["."]\n  http:\n');
    assert.deepEqual(namespacesOf([entry, own, service, elsewhere, route]), ['web']);
    assert.deepEqual(namespacesOf([entry, own, service, elsewhere, hidden]).toSorted(), ['shop', 'web']);
  });

  test('pods that a Sidecar singles out have rows where they differ', () => {
    const sidecar = `apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: batch, namespace: shop}
spec:
  workloadSelector: {labels: {app: batch}}
  outboundTrafficPolicy: {mode: REGISTRY_ONLY}
  egress: [{hosts: ["./*", "istio-system/*"]}]
`;
    const found = lines(auditOf([entry, gateway, route, sidecar]));
    assert.deepEqual(
      found.filter((it) => it.startsWith('shop/')),
      ['shop/app=batch: *:* * → blocked'],
    );
    assert.ok(found.includes('shop: *:* * → passthrough'));
  });

  test('pods that a match singles out have rows where they differ', () => {
    const labelled = route.replace('{gateways: [mesh], port: 80}', '{sourceLabels: {app: web}, port: 80}');
    const found = lines(auditOf([entry, gateway, labelled])).filter((it) => it.includes(':80 '));
    assert.deepEqual(found, [
      'shop: api.partner.example.com:80 HTTP → direct',
      'shop/app=web: api.partner.example.com:80 HTTP → gateway istio-system/istio-egressgateway',
    ]);
  });

  test('more kinds of pods than anybody reads of are cut short, and the audit says so', () => {
    const one = (index: number): string =>
      route
        .replace('metadata: {name: partner', `metadata: {name: partner-${index}`)
        .replace('{gateways: [mesh], port: 80}', `{sourceLabels: {app: app-${index}}, port: 80}`);
    const audit = auditOf([entry, gateway, ...Array.from({ length: 80 }, (_, index) => one(index))]);
    const clients = new Set(audit.rows.map((it) => JSON.stringify(it.from)));
    assert.ok(clients.size > 1 && clients.size <= 60);
    assert.match(audit.limits.join('\n'), /more kinds of pods apart in "shop"/);
    assert.doesNotMatch(auditOf([entry, gateway, route]).limits.join('\n'), /more kinds/);
  });

  test('workloads that nothing tells apart have no rows of their own', () => {
    const found = lines(auditOf([entry, gateway, route, deployment('web'), deployment('batch')]));
    assert.ok(found.every((it) => it.startsWith('shop: ')));
  });
});
