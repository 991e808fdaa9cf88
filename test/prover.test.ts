import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Engine } from '../server/src/engine/engine';
import { edit, type Rule, rule } from '../server/src/engine/rules/rule';
import { defaultSettings } from '../server/src/engine/workspace/settings';
import type { YamlEdit } from '../server/src/engine/yaml/edit';

const entry = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: rates
spec:
  hosts:
    - rates.example.com
  ports:
    - number: 80
      name: http
      protocol: HTTP
  resolution: NONE
`;

suite('a fix is offered', () => {
  const resolution = (value: string): YamlEdit => ({ op: 'set', path: ['spec', 'resolution'], value });

  test('when the finding is gone after it', () => {
    assert.deepEqual(offered(resolution('DNS')), [{ title: 'mend', preferred: true }]);
  });

  test('but not when the finding stays', () => {
    assert.deepEqual(offered({ op: 'set', path: ['metadata', 'name'], value: 'other' }), []);
  });

  test('but not when the cluster refuses what it leaves', () => {
    assert.deepEqual(offered(resolution('NOWHERE')), []);
  });

  test('but not when a request goes elsewhere that went as configured', () => {
    const renamed: YamlEdit = { op: 'set', path: ['spec', 'hosts', 0], value: 'other.example.com' };
    assert.deepEqual(offered([resolution('DNS'), renamed]), []);
  });

  test('and nobody is urged to take it when something else is wrong then', () => {
    assert.deepEqual(offered(resolution('DNS'), resolutionDns), [{ title: 'mend', preferred: false }]);
  });
});

test('of several remedies the one after which requests arrive is preferred', () => {
  const text = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: bank}
spec:
  hosts: [bank.example.com]
  ports: [{number: 443, name: tls, protocol: TLS}]
  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: egress}
spec:
  selector: {istio: egressgateway}
  servers: [{port: {number: 443, name: tls, protocol: TLS}, hosts: [bank.example.com], tls: {mode: SIMPLE, credentialName: bank}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: bank}
spec:
  hosts: [bank.example.com]
  gateways: [mesh, egress]
  tls:
  - match: [{gateways: [mesh], port: 443, sniHosts: [bank.example.com]}]
    route: [{destination: {host: istio-egressgateway.istio-system.svc.cluster.local, port: {number: 443}}}]
  - match: [{gateways: [egress], port: 443, sniHosts: [bank.example.com]}]
    route: [{destination: {host: bank.example.com, port: {number: 443}}}]
`;
  const engine = new Engine();
  engine.change([{ uri: 'a.yaml', path: 'a.yaml', text }]);
  const found = engine.diagnostics('a.yaml').find((it) => it.code === 'virtual-service/wrong-route-block');
  const fixes = engine.prover('a.yaml').fixes(found!.finding);
  assert.deepEqual(
    fixes.map(({ title, preferred }) => ({ title, preferred })),
    [
      { title: 'Make the server TLS with TLS mode PASSTHROUGH', preferred: true },
      { title: 'Make it a "tcp" route', preferred: false },
    ],
  );
});

suite('a document that was refused', () => {
  const wildcard = entry
    .replace('rates.example.com', '"*.example.com"')
    .replace('resolution: NONE', 'resolution: DNS');
  const route = `---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: egress}
spec:
  selector: {istio: egressgateway}
  servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [rates.example.com]}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: rates}
spec:
  hosts: [rates.example.com]
  gateways: [mesh, egress]
  http:
  - match: [{gateways: [mesh]}]
    route: [{destination: {host: istio-egressgateway.istio-system.svc.cluster.local, port: {number: 80}}}]
  - match: [{gateways: [egress]}]
    route: [{destination: {host: rates.example.com, port: {number: 80}}}]
`;

  test('may be mended by what lets it count again', () => {
    assert.deepEqual(mended(wildcard), ['Use "resolution: NONE"']);
  });

  test('but not when the requests it is there for still fail', () => {
    assert.deepEqual(mended(wildcard + route), []);
  });

  function mended(text: string): readonly string[] {
    const engine = new Engine();
    engine.change([{ uri: 'a.yaml', path: 'a.yaml', text }]);
    const found = engine.diagnostics('a.yaml').find((it) => it.code === 'service-entry/host');
    return engine
      .prover('a.yaml')
      .fixes(found!.finding)
      .map((it) => it.title);
  }
});

/** The fixes of a finding about `resolution: NONE`, which are to mend it by `change`. */
function offered(change: YamlEdit | readonly YamlEdit[], ...others: readonly Rule[]): unknown {
  const noNone = rule({
    name: 'test/none',
    layer: 'traffic',
    severity: 'error',
    summary: 'An entry without a resolution.',
    on: 'ServiceEntry',
    *check(resource) {
      if (resource.spec.resolution === 'NONE') {
        const path = ['spec', 'resolution'];
        yield {
          path,
          message: 'None',
          fixes: [edit('mend', resource, [change].flat(), { preferred: true })],
        };
      }
    },
  });
  const engine = new Engine(defaultSettings, [noNone, ...others]);
  engine.change([{ uri: 'a.yaml', path: 'a.yaml', text: entry }]);
  const prover = engine.prover('a.yaml');
  return engine
    .diagnostics('a.yaml')
    .flatMap(({ finding }) => prover.fixes(finding))
    .map(({ title, preferred }) => ({ title, preferred }));
}

const resolutionDns = rule({
  name: 'test/dns',
  layer: 'traffic',
  severity: 'warning',
  summary: 'An entry that asks the DNS.',
  on: 'ServiceEntry',
  *check(resource) {
    if (resource.spec.resolution === 'DNS') {
      yield { path: ['spec', 'resolution'], message: 'It asks the DNS' };
    }
  },
});
