import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { findService } from '../../../server/src/engine/mesh/registry';
import { sidecarScope } from '../../../server/src/engine/mesh/sidecars';
import { mesh } from '../../support/mesh-scene';

function entry(name: string, namespace: string, spec: string, created = ''): string {
  return `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: ${name}, namespace: ${namespace}${created && `, creationTimestamp: "${created}"`}}
spec: {hosts: [a.com], ${spec}}
---`;
}

const http = 'ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS';
const tls = 'ports: [{number: 443, name: tls, protocol: TLS}], resolution: DNS';
const long = '2020-01-01T00:00:00Z';

suite('which of several services a name means', () => {
  function meant(
    text: string,
    client = 'client',
    proxy: 'sidecar' | 'gateway' = 'sidecar',
  ): string | undefined {
    const found = findService(mesh(text), client, 'a.com', proxy);
    return found && `${found.namespace} ${found.ports.map((it) => it.number).join()}`;
  }

  const cases: readonly [
    what: string,
    text: string,
    expected: string | undefined,
    ...rest: readonly string[],
  ][] = [
    ['none is visible', entry('a', 'home', `${http}, exportTo: ["."]`), undefined],
    ['one that is exported by name', entry('a', 'home', `${http}, exportTo: [client]`), 'home 80'],
    [
      'the oldest of two namespaces hides the other',
      entry('a', 'a', tls) + entry('a', 'b', http, long),
      'b 80',
    ],
    ['of equal age the namespace decides', entry('a', 'b', http) + entry('a', 'a', tls), 'a 443'],
    [
      'the namespace of a sidecar comes first',
      entry('a', 'a', tls) + entry('a', 'client', http),
      'client 80',
    ],
    [
      'inside a namespace ports are joined',
      entry('a', 'home', http) + entry('b', 'home', tls),
      'home 80,443',
    ],
    [
      'but not when they resolve otherwise',
      entry('a', 'home', http, long) + entry('b', 'home', tls.replace('DNS', 'NONE')),
      'home 80',
    ],
  ];
  for (const [what, text, expected] of cases) {
    test(what, () => assert.equal(meant(text), expected));
  }

  test('a gateway does not prefer its own namespace', () => {
    assert.equal(meant(entry('a', 'a', tls) + entry('a', 'client', http), 'client', 'gateway'), 'a 443');
  });

  test('the stock gateway is there unless the files define its Service', () => {
    const name = 'istio-egressgateway.istio-system.svc.cluster.local';
    const own = `
apiVersion: v1
kind: Service
metadata: {name: istio-egressgateway, namespace: istio-system}
spec: {selector: {istio: egressgateway}, ports: [{name: tcp, port: 9000}]}`;
    const ports = (text: string, stock: boolean) =>
      findService(mesh(text, { stock }), 'shop', name)?.ports.map((it) => it.number);
    assert.deepEqual([ports('', true), ports('', false), ports(own, true)], [[80, 443], undefined, [9000]]);
  });
});

suite('what a Sidecar lets in', () => {
  function seen(hosts: string, extra = ''): string[] {
    const text = `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: s, namespace: client}
spec: {egress: [{hosts: ${hosts}}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: v, namespace: home}
spec:
  hosts: [a.com]
  http: [{route: [{destination: {host: b.com, port: {number: 80}}}]}]
---${entry('a', 'home', http)}${entry('b', 'other', http).replace('a.com', 'b.com')}${extra}`;
    return [...sidecarScope(mesh(text, { stock: false }), 'client').services.keys()].sort();
  }

  const cases: readonly [hosts: string, expected: readonly string[]][] = [
    ['["*/*"]', ['a.com', 'b.com']],
    ['["./*"]', []],
    ['["other/*"]', ['b.com']],
    // A VirtualService that comes in brings the hosts it leads to.
    ['["home/a.com"]', ['a.com', 'b.com']],
    ['["home/*.com"]', ['a.com', 'b.com']],
    ['["*/b.com"]', ['b.com']],
    ['["*/*", "~home/a.com"]', ['b.com']],
  ];
  for (const [hosts, expected] of cases) {
    test(hosts, () => assert.deepEqual(seen(hosts), expected));
  }
});
