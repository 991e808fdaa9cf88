import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { auditOf, lines, objects, reasons } from '../../support/audit-scene';

const { entry, gateway, route } = objects;
const registryOnly = { mesh: 'outboundTrafficPolicy: {mode: REGISTRY_ONLY}' };
const through = 'gateway istio-system/istio-egressgateway';
const unknown = (verdict: string, from = 'shop') => `${from}: *:* * → ${verdict}`;

suite('audit: how requests end', () => {
  test('through the gateway, and past it on the port that no route takes', () => {
    const audit = auditOf([entry, gateway, route]);
    assert.deepEqual(lines(audit), [
      `shop: api.partner.example.com:80 HTTP → ${through}`,
      'shop: api.partner.example.com:443 TLS → direct',
      unknown('passthrough'),
    ]);
    assert.deepEqual(reasons(audit, 'api.partner.example.com'), [
      'leave through gateway "istio-system/istio-egressgateway"',
      'leave directly from the sidecar: other requests to this host are led to a gateway, but no route takes these',
    ]);
  });

  test('a row names the places that decided', () => {
    const [row] = auditOf([entry, gateway, route]).rows;
    assert.deepEqual(
      row?.decidedBy.map(({ resource, path }) => `${resource.kind} ${path.join('.')}`),
      [
        'VirtualService spec.http.0',
        'VirtualService spec.http.1',
        'Gateway spec.servers.0',
        'ServiceEntry spec.ports.0',
      ],
    );
  });

  test('what nobody registered is refused where the mesh says so', () => {
    const audit = auditOf([entry, gateway, route], registryOnly);
    assert.equal(lines(audit).at(-1), unknown('blocked'));
    assert.match(reasons(audit, '*')[0]!, /refused by the sidecar: .* the mesh is set to REGISTRY_ONLY/);
  });

  test('a Sidecar decides for its namespace, and what it does not import is unknown', () => {
    const sidecar = `apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: default, namespace: billing}
spec:
  outboundTrafficPolicy: {mode: REGISTRY_ONLY}
  egress: [{hosts: ["./*"]}]
`;
    const audit = auditOf([entry, gateway, route, sidecar]);
    assert.ok(lines(audit).includes(unknown('blocked', 'billing')));
    assert.ok(lines(audit).includes(unknown('passthrough')));
    assert.ok(lines(audit).includes('billing: api.partner.example.com:443 TLS → blocked'));
    const found = reasons(audit, 'api.partner.example.com', '443').find((it) => it.includes('import'));
    assert.match(
      found!,
      /Sidecar "billing\/default" does not import this host, and Sidecar "billing\/default" says/,
    );
  });

  test('a host that is not exported to a namespace is unknown there, and the row says who hides it', () => {
    const hidden = entry.replace('  resolution', '  exportTo: [".", istio-system]\n  resolution');
    const sees = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: billing}\n';
    const audit = auditOf([hidden, sees]);
    assert.ok(lines(audit).includes('billing: api.partner.example.com:80 HTTP → passthrough'));
    const row = audit.rows.find((it) => it.from.namespace === 'billing');
    assert.match(row!.reason, /ServiceEntry "shop\/partner" is not exported to the namespace/);
    assert.deepEqual(row!.decidedBy[0]!.path, ['spec', 'exportTo']);
  });

  test('what breaks on the way says where', () => {
    const audit = auditOf([entry.replace('DNS', 'NONE'), gateway, route]);
    assert.equal(
      lines(audit)[0],
      `shop: api.partner.example.com:80 HTTP → broken istio-system/istio-egressgateway`,
    );
    assert.match(reasons(audit, 'api.partner.example.com', '80')[0]!, /^fail at the gateway "istio-system/);
  });

  test('a proxy that answers lets nothing out', () => {
    const answer = route.replace(/ {2}http:.*/s, '  http:\n  - {directResponse: {status: 403}}\n');
    const audit = auditOf([entry, gateway, answer]);
    assert.equal(lines(audit)[0], 'shop: api.partner.example.com:80 HTTP → blocked');
    assert.match(reasons(audit, 'api.partner.example.com', '80')[0]!, /itself with status 403/);
  });

  test('what ends at a Service of the mesh is not judged', () => {
    const inside = route.replace('istio-egressgateway.istio-system', 'squid.shop');
    const service = `apiVersion: v1
kind: Service
metadata: {name: squid, namespace: shop}
spec: {selector: {app: squid}, ports: [{port: 80, name: http}]}
`;
    assert.equal(
      lines(auditOf([entry, inside, service]))[0],
      'shop: api.partner.example.com:80 HTTP → not-evaluated',
    );
  });

  test('pods of an ambient namespace are not followed', () => {
    const ambient =
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {istio.io/dataplane-mode: ambient}}\n';
    assert.ok(auditOf([entry, gateway, route, ambient]).rows.every((it) => it.verdict === 'not-evaluated'));
  });

  test('a gateway that somebody meant is named', () => {
    const unbound = route.replace('[mesh, istio-system/partner]', '[istio-system/partner]');
    assert.match(
      reasons(auditOf([entry, gateway, unbound]), 'api.partner.example.com', '80')[0]!,
      /directly from the sidecar, although VirtualService "partner" is there/,
    );
  });
});

suite('audit: requests that end in different ways', () => {
  const toGateway = 'istio-egressgateway.istio-system.svc.cluster.local';

  test('a path that is routed apart has a row of its own', () => {
    const apart = route.replace(
      '  http:\n',
      `  http:
  - match: [{gateways: [mesh], port: 80, uri: {prefix: /public}}]
    route: [{destination: {host: api.partner.example.com, port: {number: 80}}}]
`,
    );
    assert.deepEqual(lines(auditOf([entry, gateway, apart])).slice(0, 2), [
      `shop: api.partner.example.com:80 HTTP [all others] → ${through}`,
      'shop: api.partner.example.com:80 HTTP [/public] → direct',
    ]);
  });

  test('an expression is asked for by an example', () => {
    const apart = route.replace(
      '  http:\n',
      `  http:
  - match: [{gateways: [mesh], port: 80, headers: {x-team: {regex: "blue-.*"}}}]
    route: [{destination: {host: api.partner.example.com, port: {number: 80}}}]
`,
    );
    assert.ok(
      lines(auditOf([entry, gateway, apart])).includes(
        'shop: api.partner.example.com:80 HTTP [(x-team: blue-)] → direct',
      ),
    );
  });

  test('a split that goes round in part says the share', () => {
    const split = route.replace(
      `    - destination: {host: ${toGateway}, port: {number: 80}}`,
      `    - {destination: {host: ${toGateway}, port: {number: 80}}, weight: 90}
    - {destination: {host: api.partner.example.com, port: {number: 80}}, weight: 10}`,
    );
    assert.deepEqual(lines(auditOf([entry, gateway, split])).slice(0, 2), [
      `shop: api.partner.example.com:80 HTTP 90 % → ${through}`,
      'shop: api.partner.example.com:80 HTTP 10 % → direct',
    ]);
  });

  test('addresses that end apart are told apart', () => {
    const database = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: database, namespace: shop}
spec:
  hosts: [db.example.net]
  addresses: [203.0.113.10, 203.0.113.11]
  ports: [{number: 5432, name: tcp, protocol: TCP}]
  resolution: STATIC
  endpoints: [{address: 203.0.113.10}]
`;
    const tcp = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: database, namespace: shop}
spec:
  hosts: [db.example.net]
  tcp:
  - match: [{port: 5432, destinationSubnets: [203.0.113.11/32]}]
    route: [{destination: {host: nowhere.shop.svc.cluster.local, port: {number: 5432}}}]
`;
    const found = lines(auditOf([database, tcp])).filter((it) => it.includes('db.example.net'));
    assert.equal(found.length, 2, found.join('\n'));
    assert.match(found.join('\n'), /at 203\.0\.113\.10\] → direct/);
  });

  test('what applications speak on a port counts as much as what is declared', () => {
    const declared = entry.replace('protocol: TLS', 'protocol: HTTP');
    const found = lines(auditOf([declared], registryOnly)).filter((it) => it.includes(':443'));
    assert.deepEqual(found, [
      'shop: api.partner.example.com:443 HTTP → direct',
      'shop: api.partner.example.com:443 TLS → blocked',
    ]);
  });

  test('a port without a protocol is asked for in both ways', () => {
    const untold = entry.replace(', protocol: TLS', '');
    const found = lines(auditOf([untold], registryOnly)).filter((it) => it.includes('com:443'));
    assert.deepEqual(found, [
      'shop: api.partner.example.com:443 HTTP → direct',
      'shop: api.partner.example.com:443 auto → direct',
    ]);
  });

  test('a port that somebody took whole catches requests for other hosts', () => {
    const whole = entry.replace('protocol: TLS', 'protocol: TCP');
    const audit = auditOf([whole]);
    const stray = audit.rows.filter((it) => it.host === '*' && it.port === '443');
    assert.ok(stray.length > 0, lines(audit).join('\n'));
    assert.match(stray[0]!.reason, /arrive at "api\.partner\.example\.com:443"/);
  });
});

suite('audit: what is asked for', () => {
  test('hosts of routes that nobody registers, on the ports the routes name', () => {
    const found = lines(auditOf([gateway, route.replaceAll('port: 80}', 'port: 8081}')]));
    assert.ok(found.includes('shop: api.partner.example.com:8081 HTTP → passthrough'), found.join('\n'));
  });

  test('names that a wildcard covers, where a route names them', () => {
    const wild = entry
      .replace('[api.partner.example.com]', '["*.partner.example.com"]')
      .replace('DNS', 'NONE');
    const hosts = new Set(auditOf([wild, gateway, route]).rows.map((it) => it.host));
    assert.deepEqual([...hosts], ['*.partner.example.com', 'api.partner.example.com', '*']);
  });

  test('Services that stand for something outside, and none that do not', () => {
    const alias = `apiVersion: v1
kind: Service
metadata: {name: partner, namespace: shop}
spec: {type: ExternalName, externalName: api.partner.example.com, ports: [{port: 80, name: http}]}
`;
    const inside = `apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec: {selector: {app: cart}, ports: [{port: 80, name: http}]}
`;
    const hosts = new Set(auditOf([entry, alias, inside]).rows.map((it) => it.host));
    assert.deepEqual([...hosts], ['api.partner.example.com', 'partner.shop.svc.cluster.local', '*']);
  });

  test('workloads that are declared inside are left out, and the audit says so', () => {
    const vm = entry.replace(
      '  resolution: DNS',
      '  location: MESH_INTERNAL\n  resolution: STATIC\n  endpoints: [{address: 10.0.0.1}]',
    );
    const audit = auditOf([vm]);
    assert.deepEqual([...new Set(audit.rows.map((it) => it.host))], ['*']);
    assert.match(audit.limits.join('\n'), /MESH_INTERNAL/);
  });

  test('a hostile or half-typed file gives answers, not exceptions', () => {
    for (const broken of [
      '',
      'kind: ServiceEntry',
      entry.slice(0, 90),
      entry.replace('hosts: [api.partner.example.com]', 'hosts: []'),
    ]) {
      assert.ok(Array.isArray(auditOf([broken, gateway, route]).rows));
    }
  });
});
