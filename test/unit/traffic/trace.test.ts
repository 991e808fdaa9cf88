import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Request } from '../../../server/src/engine/traffic/request';
import { trace } from '../../../server/src/engine/traffic/trace';
import { type MeshOptions, mesh } from '../../support/mesh-scene';

/** `https://a.com` from `shop`, unless said otherwise. */
function request(url: string, more: Partial<Request> = {}): Request {
  const { scheme, host, port, path } =
    /^(?<scheme>\w+):\/\/(?<host>[^/:]+)(?::(?<port>\d+))?(?<path>\/.*)?$/.exec(url)!.groups!;
  const usual = scheme === 'http' ? 80 : 443;
  return {
    from: { namespace: 'shop' },
    scheme: scheme as Request['scheme'],
    host: host!,
    port: Number(port ?? usual),
    ...(path && { path }),
    ...more,
  };
}

function told(text: string, asked: Request, options?: MeshOptions): string {
  return trace(mesh(text, options), asked)
    .map(({ outcome, via, host, port, tls, weight, status }) =>
      [
        outcome,
        ...via.map((it) => `via ${it}`),
        ...(host ? [`to ${host}:${port}`] : []),
        ...tls.map((it) => `${it.mode} ${it.sni ?? '-'}`),
        ...(weight ? [`${weight}%`] : []),
        ...(status ? [String(status)] : []),
      ].join(' '),
    )
    .sort()
    .join(' | ');
}

function object(kind: string, name: string, spec: string, namespace = 'shop'): string {
  const group = /Route$|GatewayClass/.test(kind) ? 'gateway.networking.k8s.io/v1' : 'networking.istio.io/v1';
  return `apiVersion: ${group}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: ${spec}\n---\n`;
}

const entry = (
  host: string,
  port = '{number: 80, name: http, protocol: HTTP}',
  more = 'resolution: DNS',
): string =>
  object(
    'ServiceEntry',
    host.toLowerCase().replace('*', 'any'),
    `{hosts: ["${host}"], ports: [${port}], ${more}}`,
  );
const route = (name: string, spec: string): string => object('VirtualService', name, spec);

suite('requests', () => {
  const cases: readonly [what: string, text: string, asked: Request, expected: string][] = [
    ['to a host nobody knows', '', request('http://a.com'), 'passthrough to a.com:80'],
    ['to a registered host', entry('a.com'), request('http://a.com'), 'external to a.com:80'],
    [
      'to a registered host on another port',
      entry('a.com'),
      request('http://a.com:81'),
      'passthrough to a.com:81',
    ],
    [
      'a service with a name in capitals has no cluster of the name its route asks for',
      entry('A.com'),
      request('http://a.com'),
      'no-cluster',
    ],
    [
      'an SNI written in capitals never matches',
      entry('A.com', '{number: 443, name: tls, protocol: TLS}'),
      request('https://a.com'),
      'passthrough to a.com:443 tls a.com',
    ],
    [
      'split by weight, a destination without weight left out',
      entry('a.com') +
        entry('b.com') +
        entry('c.com') +
        route(
          'v',
          '{hosts: [a.com], http: [{route: [{destination: {host: a.com}, weight: 75}, {destination: {host: b.com}, weight: 25}, {destination: {host: c.com}}]}]}',
        ),
      request('http://a.com'),
      'external to a.com:80 75% | external to b.com:80 25%',
    ],
    [
      'past a route that istiod refuses, since no destination of it has a weight',
      entry('a.com') +
        route(
          'v',
          '{hosts: [a.com], http: [{route: [{destination: {host: a.com}}, {destination: {host: b.com}}]}]}',
        ),
      request('http://a.com'),
      'external to a.com:80',
    ],
    [
      'through a delegate that narrows the path of its root',
      entry('a.com') +
        entry('b.com') +
        route('d', '{http: [{match: [{uri: {prefix: /x/y}}], route: [{destination: {host: b.com}}]}]}') +
        route(
          'v',
          '{hosts: [a.com], http: [{match: [{uri: {prefix: /x}}], delegate: {name: d}}, {route: [{destination: {host: a.com}}]}]}',
        ),
      request('http://a.com/x/y/z'),
      'external to b.com:80',
    ],
    [
      'through a delegate that leaves the path of its root',
      entry('a.com') +
        entry('b.com') +
        route('d', '{http: [{match: [{uri: {prefix: /z}}], route: [{destination: {host: b.com}}]}]}') +
        route('v', '{hosts: [a.com], http: [{match: [{uri: {prefix: /x}}], delegate: {name: d}}]}'),
      request('http://a.com/z'),
      // The root has no route left, so its host is served as if there were no VirtualService.
      'external to a.com:80',
    ],
    [
      'answered by the proxy itself',
      entry('a.com') + route('v', '{hosts: [a.com], http: [{directResponse: {status: 403}}]}'),
      request('http://a.com'),
      'direct-response 403',
    ],
    [
      'to a wildcard nobody routes',
      entry('*.a.com', '{number: 443, name: tls, protocol: TLS}', 'resolution: NONE'),
      request('https://x.a.com'),
      'external to *.a.com:443 tls x.a.com',
    ],
    [
      'by address, where the narrowest block decides',
      entry(
        'wide.com',
        '{number: 9000, name: tcp, protocol: TCP}',
        'addresses: [10.0.0.0/8], resolution: NONE',
      ) +
        entry(
          'narrow.com',
          '{number: 9000, name: tcp, protocol: TCP}',
          'addresses: [10.1.0.0/16], resolution: NONE',
        ),
      request('tcp://db:9000', { address: '10.1.2.3' }),
      'external to narrow.com:9000',
    ],
    [
      'to an address in the place of a name',
      entry('db.com', '{number: 9000, name: tcp, protocol: TCP}', 'addresses: [10.1.2.3], resolution: NONE'),
      request('tcp://10.1.2.3:9000'),
      'external to db.com:9000',
    ],
    [
      'to a port named in the Service but in no container',
      'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: named}]}',
      request('http://web'),
      'no-endpoints',
    ],
    [
      'to an unknown host where a Sidecar names a collector',
      entry('collector.com', '{number: 3128, name: tcp, protocol: TCP}') +
        object(
          'Sidecar',
          's',
          '{egress: [{hosts: ["./*"]}], outboundTrafficPolicy: {mode: ALLOW_ANY, egressProxy: {host: collector.com, port: {number: 3128}}}}',
        ),
      request('https://a.com'),
      'external to collector.com:3128 tls a.com',
    ],
    [
      'to an unknown host where a Sidecar has an empty policy',
      object('Sidecar', 's', '{outboundTrafficPolicy: {}}'),
      request('https://a.com'),
      'blocked tls a.com',
    ],
    [
      'by a name that another object of the namespace looks up, so nobody listens on the port for it',
      entry('a.com', '{number: 443, name: tls, protocol: TLS}', 'resolution: NONE') +
        entry('a.com', '{number: 443, name: http, protocol: HTTP}').replace('name: a.com', 'name: other') +
        entry('b.com', '{number: 443, name: tls, protocol: TLS}') +
        route(
          'r',
          '{hosts: [a.com], tls: [{match: [{port: 443, sniHosts: [a.com]}], route: [{destination: {host: b.com}}]}]}',
        ),
      request('https://a.com'),
      'passthrough to a.com:443 tls a.com',
    ],
    [
      'from a namespace in ambient mode',
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {istio.io/dataplane-mode: ambient}}',
      request('http://a.com'),
      'not-evaluated',
    ],
  ];
  for (const [what, text, asked, expected] of cases) {
    test(what, () => assert.equal(told(text, asked), expected));
  }
});

suite('routes of the Gateway API', () => {
  const gateway = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: out, namespace: shop}
spec:
  gatewayClassName: istio
  listeners:
  - {name: tls, port: 443, protocol: TLS, hostname: a.com, tls: {mode: Passthrough}}
---
`;
  const tls = entry('a.com', '{number: 443, name: tls, protocol: TLS}');
  const toGateway = object(
    'TLSRoute',
    'to',
    '{parentRefs: [{group: networking.istio.io, kind: ServiceEntry, name: a.com}], rules: [{backendRefs: [{name: out-istio, port: 443}]}]}',
  );
  const fromGateway = object(
    'TLSRoute',
    'from',
    '{parentRefs: [{name: out}], hostnames: [a.com], rules: [{backendRefs: [{group: networking.istio.io, kind: Hostname, name: a.com, port: 443}]}]}',
  );

  test('TLS passes a gateway whose Service Istio makes by itself', () => {
    assert.equal(
      told(gateway + tls + toGateway + fromGateway, request('https://a.com')),
      'external via shop/out-istio to a.com:443 tls a.com',
    );
  });

  test('without the second route nobody listens', () => {
    assert.equal(told(gateway + tls + toGateway, request('https://a.com')), 'no-listener via shop/out-istio');
  });

  test('a route of the namespace goes before a VirtualService that is older but shown to as few', () => {
    const entries = ['a.com', 'b.com', 'c.com'].map((host) => entry(host)).join('');
    const older = route('older', '{hosts: [a.com], http: [{route: [{destination: {host: b.com}}]}]}');
    const younger = object(
      'HTTPRoute',
      'younger',
      '{parentRefs: [{group: networking.istio.io, kind: ServiceEntry, name: a.com}], rules: [{backendRefs: [{group: networking.istio.io, kind: Hostname, name: c.com, port: 80}]}]}',
    );
    const text = [older, younger].map((it, index) =>
      it.replace(
        'namespace: shop}',
        `namespace: shop, creationTimestamp: "2024-01-0${index + 1}T00:00:00Z"}`,
      ),
    );
    for (const config of ['{}', '{defaultVirtualServiceExportTo: ["."]}']) {
      assert.equal(
        told(entries + text.join(''), request('http://a.com'), { mesh: config }),
        'external to c.com:80',
        config,
      );
    }
  });

  test('a backend may name its own namespace', () => {
    const elsewhere = toGateway.replace('name: out-istio', 'name: out-istio, namespace: shop');
    assert.equal(
      told(gateway + tls + elsewhere + fromGateway, request('https://a.com')),
      'external via shop/out-istio to a.com:443 tls a.com',
    );
  });
});
