import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readRequestUrl } from '../../../server/src/engine/traffic/read-request';
import type { Request } from '../../../server/src/engine/traffic/request';
import { trace } from '../../../server/src/engine/traffic/trace';
import { type MeshOptions, mesh } from '../../support/mesh-scene';

/** The reasons against others at every proxy, for a request from `shop`. */
function reasons(text: string, url: string, options?: MeshOptions): readonly string[] {
  const target = readRequestUrl(url) as Request;
  const request: Request = { ...target, from: { namespace: 'shop' } };
  return trace(mesh(text, options), request, { explained: true })
    .flatMap((it) => it.hops)
    .flatMap((it) => it.alternatives ?? [])
    .map((it) => it.reason);
}

interface Meta {
  readonly namespace?: string;
  readonly created?: string;
}

function object(
  kind: string,
  name: string,
  spec: string,
  { namespace = 'shop', created }: Meta = {},
): string {
  const age = created === undefined ? '' : `, creationTimestamp: "${created}"`;
  return `apiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}${age}}\nspec: ${spec}\n---\n`;
}

const http = '{number: 80, name: http, protocol: HTTP}';
const tls = '{number: 443, name: tls, protocol: TLS}';
const entry = (name: string, host: string, port = http, more = '', meta: Meta = {}): string =>
  object('ServiceEntry', name, `{hosts: ["${host}"], ports: [${port}], resolution: DNS${more}}`, meta);
const route = (name: string, spec: string, meta: Meta = {}): string =>
  object('VirtualService', name, spec, meta);
const toA = 'route: [{destination: {host: a.com}}]';

const year = (number: number): string => `${number}-01-01T00:00:00Z`;

const cases: readonly [what: string, text: string, url: string, expected: readonly string[]][] = [
  ['nothing is said where nothing else could decide', entry('a', 'a.com'), 'http://a.com', []],
  [
    'a VirtualService that is named later',
    entry('a', 'a.com') +
      route('second', `{hosts: [a.com], http: [{${toA}}]}`) +
      route('first', `{hosts: [a.com], http: [{${toA}}]}`),
    'http://a.com',
    [
      'VirtualService "shop/second" has this host too, but VirtualService "shop/first" is as old and named first',
    ],
  ],
  [
    'a VirtualService that is younger',
    entry('a', 'a.com') +
      route('first', `{hosts: [a.com], http: [{${toA}}]}`, { created: year(2024) }) +
      route('second', `{hosts: [a.com], http: [{${toA}}]}`, { created: year(2023) }),
    'http://a.com',
    ['VirtualService "shop/first" has this host too, but VirtualService "shop/second" is older'],
  ],
  [
    'a VirtualService for everyone, beside one that is not',
    entry('a', 'a.com') +
      route('first', `{hosts: [a.com], http: [{${toA}}]}`) +
      route('second', `{hosts: [a.com], exportTo: ["."], http: [{${toA}}]}`),
    'http://a.com',
    [
      'VirtualService "shop/first" has this host too, but VirtualService "shop/second" is not exported to everyone, and those that are come last',
    ],
  ],
  [
    'a VirtualService with a wider host',
    entry('a', 'a.example.com') +
      route('first', '{hosts: ["*.example.com"], http: [{directResponse: {status: 200}}]}') +
      route('second', '{hosts: [a.example.com], http: [{directResponse: {status: 201}}]}') +
      entry('b', 'b.example.org'),
    'http://a.example.com',
    [],
  ],
  [
    'routes before and after the one that is taken',
    entry('a', 'a.com') +
      route(
        'first',
        `{hosts: [a.com], http: [{match: [{uri: {exact: /z}}], ${toA}}, {match: [{uri: {prefix: /y}}], ${toA}}, {match: [{method: {exact: GET}}], ${toA}}]}`,
      ),
    'http://a.com/y',
    [
      'http[0] of VirtualService "shop/first" asks for path "/z"',
      'http[2] of VirtualService "shop/first" fits too, but http[1] of VirtualService "shop/first" comes first',
    ],
  ],
  [
    'routes of which none is taken',
    entry('a', 'a.com') +
      route('first', `{hosts: [a.com], http: [{match: [{headers: {v: {exact: "2"}}}], ${toA}}]}`),
    'http://a.com',
    ['http[0] of VirtualService "shop/first" asks for header "v" "2"'],
  ],
  [
    'a ServiceEntry of another namespace',
    entry('a', 'a.com', http, '', { namespace: 'aaa' }) + entry('b', 'a.com'),
    'http://a.com',
    ['ServiceEntry "aaa/a" has this host too, but ServiceEntry "shop/b" is of the namespace of the client'],
  ],
  [
    'a ServiceEntry that is not exported',
    entry('a', 'a.com', http, '', { namespace: 'aaa' }) +
      entry('b', 'a.com', http, ', exportTo: ["."]', { namespace: 'bbb' }),
    'http://a.com',
    ['ServiceEntry "bbb/b" has this host, but is not exported to namespace "shop"'],
  ],
  [
    'a ServiceEntry without the port',
    entry('a', 'a.com'),
    'http://a.com:8080',
    ['ServiceEntry "shop/a" has this host, but only with port 80'],
  ],
  [
    'a ServiceEntry that no Sidecar imports',
    entry('a', 'a.com', http, '', { namespace: 'aaa' }) +
      object('Sidecar', 'default', '{egress: [{hosts: ["./*"]}]}'),
    'http://a.com',
    ['ServiceEntry "aaa/a" has this host, but Sidecar "shop/default" does not import it'],
  ],
  [
    'a port that is for another protocol',
    entry('a', 'a.com', tls),
    'http://a.com:443',
    ['ServiceEntry "shop/a" has this host with port 443 as TLS, which this request is not'],
  ],
  [
    'DestinationRules: further away, of elsewhere, wider, for other pods',
    entry('a', 'a.com') +
      object('DestinationRule', 'own', '{host: a.com, trafficPolicy: {tls: {mode: SIMPLE}}}') +
      object('DestinationRule', 'root', '{host: a.com}', { namespace: 'istio-system' }) +
      object('DestinationRule', 'other', '{host: a.com}', { namespace: 'other' }) +
      object('DestinationRule', 'wide', '{host: "*.com"}') +
      object('DestinationRule', 'pods', '{host: a.com, workloadSelector: {matchLabels: {app: x}}}'),
    'http://a.com',
    [
      'DestinationRule "istio-system/root" is for this host too, but DestinationRule "shop/own" is found first: the namespace of the client comes before that of the host, and the root namespace last',
      'DestinationRule "other/other" is for this host too, but only those of shop, istio-system count here: the namespaces of the client and of the host, and the root namespace',
      'DestinationRule "shop/wide" covers this host with "*.com", but DestinationRule "shop/own" is more specific with "a.com"',
      'DestinationRule "shop/pods" is for this host too, but selects other pods',
    ],
  ],
  [
    'a DestinationRule whose policy came too late',
    entry('a', 'a.com') +
      object('DestinationRule', 'first', '{host: a.com, trafficPolicy: {tls: {mode: SIMPLE}}}') +
      object('DestinationRule', 'second', '{host: a.com, trafficPolicy: {tls: {mode: DISABLE}}}'),
    'http://a.com',
    [
      'DestinationRule "shop/second" adds its subsets, but its policy does not count: DestinationRule "shop/first" is as old and named first',
    ],
  ],
  [
    'a VirtualService that routes the same server name',
    entry('a', 'a.com', tls) +
      ['second', 'first']
        .map((name) =>
          route(name, `{hosts: [a.com], tls: [{match: [{port: 443, sniHosts: [a.com]}], ${toA}}]}`),
        )
        .join(''),
    'https://a.com',
    [
      'VirtualService "shop/second" routes this server name too, but VirtualService "shop/first" is as old and named first',
    ],
  ],
];

suite('what might have decided otherwise', () => {
  for (const [what, text, url, expected] of cases) {
    test(what, () => assert.deepEqual([...reasons(text, url)].sort(), [...expected].sort()));
  }

  const server = (name: string, port: string, host: string): string =>
    object(
      'Gateway',
      name,
      `{selector: {istio: egressgateway}, servers: [{port: ${port}, hosts: [${host}]}]}`,
    );
  const toGateway = (name: string, gateways: string): string =>
    route(
      name,
      `{hosts: [a.com], gateways: ${gateways}, http: [{match: [{gateways: [mesh]}], route: [{destination: {host: istio-egressgateway.istio-system.svc.cluster.local, port: {number: 80}}}]}]}`,
    );

  test('at a gateway: a VirtualService that is bound to another one', () => {
    const text = entry('a', 'a.com') + server('out', http, 'a.com') + toGateway('first', '[mesh, other]');
    const found = reasons(text, 'http://a.com');
    assert.ok(
      found.includes(
        'VirtualService "shop/first" has this host, but is bound to "mesh" or "shop/other" and to no Gateway of this proxy',
      ),
      found.join('\n'),
    );
  });

  test('at a gateway: a server for other hosts', () => {
    const text = entry('a', 'a.com') + server('out', http, 'b.com') + toGateway('first', '[mesh, out]');
    const found = reasons(text, 'http://a.com');
    assert.ok(found.includes('Gateway "shop/out" serves "b.com" only'), found.join('\n'));
  });

  test('at a gateway: a server on another port', () => {
    const text = entry('a', 'a.com') + server('out', '{number: 443, name: http, protocol: HTTP}', 'a.com');
    const found = reasons(text + toGateway('first', '[mesh, out]'), 'http://a.com');
    assert.deepEqual(found, [
      'Gateway "shop/out" has a server for port 443, which listens on port 8443 of the pods',
    ]);
  });

  test('at a gateway: a server that another one has pushed out', () => {
    const text =
      entry('a', 'a.com') +
      server('one', '{number: 80, name: tcp, protocol: TCP}', 'a.com') +
      server('two', http, 'a.com');
    const found = reasons(text + toGateway('first', '[mesh, two]'), 'http://a.com');
    assert.ok(
      found.some((it) => /^A server of Gateway "shop\/two" is left out: Gateway "shop\/one"/.test(it)),
      found.join('\n'),
    );
  });

  test('nobody pays for what nobody asked for', () => {
    const text =
      entry('a', 'a.com') +
      ['first', 'second'].map((it) => route(it, `{hosts: [a.com], http: [{${toA}}]}`)).join('');
    const [path] = trace(mesh(text), {
      scheme: 'http',
      host: 'a.com',
      port: 80,
      from: { namespace: 'shop' },
    });
    assert.deepEqual(
      path!.hops.map((it) => it.alternatives),
      [undefined],
    );
  });
});
