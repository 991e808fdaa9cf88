import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { trace } from '../../../server/src/engine/traffic/trace';
import { mesh } from '../../support/mesh-scene';
import { entry, http, object, reasons, route, tls, toA } from '../../support/reason-scene';

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
    ['ServiceEntry "shop/a" expects TLS on port 443, and this request is plain'],
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
  [
    'a ServiceEntry for connections to an address of its own',
    entry('a', 'a.com', '{number: 5432, name: tcp, protocol: TCP}', ', addresses: [10.0.0.7]'),
    'tcp://a.com:5432',
    [
      'ServiceEntry "shop/a" has this host for connections to 10.0.0.7, and nobody knows the address of this one',
    ],
  ],
  [
    'a VirtualService that is not exported, and one that no Sidecar imports',
    entry('a', 'a.com') +
      route('one', `{hosts: [a.com], exportTo: ["."], http: [{${toA}}]}`, { namespace: 'aaa' }) +
      route('two', `{hosts: [a.com], http: [{${toA}}]}`, { namespace: 'bbb' }) +
      object('Sidecar', 'default', '{egress: [{hosts: ["./*"]}]}'),
    'http://a.com',
    [
      'VirtualService "aaa/one" has this host, but is not exported to namespace "shop"',
      'VirtualService "bbb/two" has this host, but Sidecar "shop/default" does not import it',
    ],
  ],
  [
    'TLS routes that ask for something else',
    entry('a', 'a.com', tls) +
      route('one', `{hosts: [a.com], tls: [{match: [{port: 8443, sniHosts: [a.com]}], ${toA}}]}`),
    'https://a.com',
    ['tls[0] of VirtualService "shop/one" asks for port 8443, server name "a.com"'],
  ],
  [
    'DestinationRules without the subset, and with a name that means another Service',
    object('Service', 'web', '{ports: [{name: http, port: 80}]}', { namespace: 'apps' }).replace(
      'networking.istio.io/v1',
      'v1',
    ) +
      object('DestinationRule', 'whole', '{host: web.apps.svc.cluster.local}') +
      object('DestinationRule', 'short', '{host: web, subsets: [{name: blue}]}') +
      route(
        'one',
        '{hosts: [web.apps.svc.cluster.local], http: [{route: [{destination: {host: web.apps.svc.cluster.local, subset: blue}}]}]}',
      ),
    'http://web.apps.svc.cluster.local',
    [
      'DestinationRule "shop/whole" decides about this host here, and has no subset "blue"',
      'DestinationRule "shop/short" names "web", which means "web.shop.svc.cluster.local" where it stands',
    ],
  ],
];

suite('what might have decided otherwise', () => {
  for (const [what, text, url, expected] of cases) {
    test(what, () => assert.deepEqual([...reasons(text, url)].sort(), [...expected].sort()));
  }

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
