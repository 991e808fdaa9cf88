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

suite('requests that nobody expects', () => {
  const gateway = 'istio-egressgateway.istio-system.svc.cluster.local';
  const object = (kind: string, name: string, namespace: string, spec: string): string =>
    `apiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec:\n${spec}---\n`;
  const registered = (namespace: string): string =>
    object(
      'ServiceEntry',
      'rates',
      namespace,
      '  hosts: [rates.example.com]\n  ports: [{number: 80, name: http, protocol: HTTP}]\n  resolution: DNS\n',
    );
  const server = (namespace: string): string =>
    object(
      'Gateway',
      'rates',
      namespace,
      '  selector: {istio: egressgateway}\n  servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [rates.example.com]}]\n',
    );
  const subset = (namespace: string, rest = ''): string =>
    object('DestinationRule', 'egress', namespace, `  host: ${gateway}\n${rest}  subsets: [{name: rates}]\n`);
  const route = (namespace: string, bound: string): string =>
    object(
      'VirtualService',
      'rates',
      namespace,
      `  hosts: [rates.example.com]
  gateways: [mesh, ${bound}]
  http:
  - match: [{gateways: [mesh], port: 80}]
    route: [{destination: {host: ${gateway}, subset: rates, port: {number: 80}}}]
  - match: [{gateways: [${bound}], port: 80}]
    route: [{destination: {host: rates.example.com, port: {number: 80}}}]
`,
    );

  test('must not fail in another way', () => {
    const text = registered('shop') + server('shop') + subset('shop') + route('istio-system', 'rates');
    assert.deepEqual(titles(text, 'virtual-service/subset-not-defined'), []);
    const bound = registered('shop') + server('shop') + subset('shop') + route('istio-system', 'shop/rates');
    assert.deepEqual(titles(bound, 'virtual-service/subset-not-defined'), [
      'Move "shop/egress" to "istio-system", where every client finds it',
      'Define subset "rates" in a DestinationRule beside the route',
    ]);
  });

  test('are not let through by a whole route where those that are meant arrive', () => {
    const own = subset('shop', '  exportTo: ["."]\n');
    const text = registered('billing') + server('istio-system') + own + route('shop', 'istio-system/rates');
    assert.deepEqual(titles(text, 'service-entry/requests-fail'), []);
  });

  test('do not keep a host from being called on one more port', () => {
    const text = registered('shop').replace('ports: [', 'ports: [{number: 443, name: tls, protocol: TLS}, ');
    const all = text + server('shop') + subset('shop') + route('shop', 'rates');
    assert.deepEqual(titles(all, 'service-entry/port-bypasses-gateway'), [
      'Send all ports of "rates.example.com" through the gateway',
    ]);
  });

  test('nor is a route made to send requests on to another host under their old name', () => {
    const text =
      registered('shop').replace('hosts: [', 'hosts: [old.example.com, ') +
      server('shop').replace('rates.example.com', 'old.example.com') +
      object(
        'VirtualService',
        'rates',
        'shop',
        `  hosts: [old.example.com]
  gateways: [mesh, rates]
  http:
  - match: [{gateways: [mesh]}]
    route: [{destination: {host: ${gateway}, port: {number: 80}}}]
  tcp:
  - match: [{gateways: [rates]}]
    route: [{destination: {host: rates.example.com, port: {number: 80}}}]
`,
      );
    assert.deepEqual(titles(text, 'virtual-service/wrong-route-block'), []);
    assert.deepEqual(
      titles(text.replaceAll('old.example.com', 'rates.example.com'), 'virtual-service/wrong-route-block'),
      ['Make it a "http" route', 'Make the server TCP'],
    );
  });

  test('do not come to know a host that only its team is to know', () => {
    const own = '  exportTo: ["."]\n';
    const wildcard = registered('shop')
      .replace('rates.example.com', '"*.example.com"')
      .replace('DNS\n', `DYNAMIC_DNS\n${own}`);
    const hidden = route('shop', 'rates').replace(', subset: rates', '').replace('  http:', `${own}  http:`);
    const code = 'virtual-service/destination-not-registered';
    assert.deepEqual(titles(wildcard + server('shop') + hidden, code), []);
  });

  test('nor are paths sent to a gateway that takes some of them only', () => {
    const all = registered('shop') + server('shop') + route('shop', 'rates').replace(', subset: rates', '');
    const past = (match: string): string =>
      all
        .replace(`host: ${gateway}`, 'host: rates.example.com')
        .replace('{gateways: [rates], port: 80}', `{gateways: [rates], port: 80${match}}`);
    const code = 'service-entry/requests-bypass-gateway';
    assert.deepEqual(titles(past(''), code), ['Complete the route for "rates.example.com"']);
    assert.deepEqual(titles(past(', uri: {prefix: /v2/}'), code), []);
  });

  function titles(text: string, code: string): readonly string[] {
    const engine = new Engine({
      ...defaultSettings,
      scope: { ...defaultSettings.scope, stockGateway: true, stockGatewayKnown: true, closedWorld: true },
    });
    engine.change([{ uri: 'a.yaml', path: 'a.yaml', text }]);
    const found = engine.diagnostics('a.yaml').filter((it) => it.code === code);
    assert.equal(found.length, 1, code);
    return engine
      .prover('a.yaml')
      .fixes(found[0]!.finding)
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
