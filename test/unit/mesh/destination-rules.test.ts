import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { destinationRule, subsetOf } from '../../../server/src/engine/mesh/destination-rules';
import { effectivePolicy } from '../../../server/src/engine/mesh/effective-policy';
import { mesh } from '../../support/mesh-scene';

const service = { hostname: 'a.com', namespace: 'home' };

function rule(name: string, namespace: string, spec: string): string {
  return `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: ${name}, namespace: ${namespace}}
spec: {host: ${spec}}
---`;
}

function names(text: string, client = 'client', labels = {}): string | undefined {
  return destinationRule(mesh(text), client, service, labels)
    ?.from.map((it) => `${it.namespace}/${it.name}`)
    .join('+');
}

suite('which DestinationRule counts', () => {
  const cases: readonly [what: string, text: string, expected: string | undefined, client?: string][] = [
    ['none', rule('r', 'elsewhere', 'a.com'), undefined],
    ['of the client first', rule('r', 'client', 'a.com') + rule('r', 'home', 'a.com'), 'client/r'],
    ['of the service next', rule('r', 'home', 'a.com') + rule('r', 'istio-system', 'a.com'), 'home/r'],
    ['of the root namespace last', rule('r', 'istio-system', '"*.com"'), 'istio-system/r'],
    [
      'a wildcard of the client hides the host of the service',
      rule('w', 'client', '"*"') + rule('r', 'home', 'a.com'),
      'client/w',
    ],
    [
      'the most specific host inside a namespace',
      rule('w', 'home', '"*.com"') + rule('r', 'home', 'a.com'),
      'home/r',
    ],
    ['one that is private to its namespace', rule('r', 'home', 'a.com, exportTo: ["."]'), undefined],
    ['one that is exported to the client', rule('r', 'home', 'a.com, exportTo: [client]'), 'home/r'],
    [
      'two that are joined, in the order of their names',
      rule('b', 'home', 'a.com') + rule('a', 'home', 'a.com'),
      'home/a+home/b',
    ],
    [
      'of two with another visibility the later',
      rule('a', 'home', 'a.com, exportTo: [client]') + rule('b', 'home', 'a.com'),
      'home/b',
    ],
    [
      'in the root namespace those for all come last',
      rule('r', 'istio-system', '"*.com"') + rule('s', 'home', 'a.com'),
      'home/s',
      'istio-system',
    ],
    [
      'in the root namespace a private one comes first',
      rule('r', 'istio-system', 'a.com, exportTo: ["."]') + rule('s', 'home', 'a.com'),
      'istio-system/r',
      'istio-system',
    ],
  ];
  for (const [what, text, expected, client] of cases) {
    test(what, () => assert.equal(names(text, client), expected));
  }

  test('one for the very pods comes before one for all, in their own namespace', () => {
    const text =
      rule('all', 'client', 'a.com') +
      rule('mine', 'client', 'a.com, workloadSelector: {matchLabels: {app: x}}');
    assert.deepEqual(
      [names(text, 'client', { app: 'x' }), names(text, 'client', { app: 'y' })],
      ['client/mine', 'client/all'],
    );
  });

  test('the mesh may keep rules private by default', () => {
    const view = mesh(rule('r', 'home', 'a.com'), { mesh: 'defaultDestinationRuleExportTo: ["."]' });
    assert.equal(destinationRule(view, 'client', service), undefined);
  });
});

suite('the policy of a port', () => {
  function tls(spec: string, port: number, subset?: string): string | undefined {
    const found = destinationRule(mesh(rule('r', 'home', `a.com, ${spec}`)), 'client', service);
    const policy = effectivePolicy(found, subset === undefined ? undefined : subsetOf(found, subset), port);
    return policy.tls && `${policy.tls.value.mode} ${policy.tls.origin.path.join('.')}`;
  }

  const whole = 'trafficPolicy: {tls: {mode: SIMPLE}';
  test('is that of the rule', () => {
    assert.equal(tls(`${whole}}`, 80), 'SIMPLE spec.trafficPolicy.tls');
  });
  test('is that of its port settings, even where they say nothing of TLS', () => {
    const settings = `${whole}, portLevelSettings: [{port: {number: 443}, tls: {mode: ISTIO_MUTUAL}}, {port: {number: 80}, loadBalancer: {simple: RANDOM}}]}`;
    assert.equal(tls(settings, 443), 'ISTIO_MUTUAL spec.trafficPolicy.portLevelSettings.0.tls');
    assert.equal(tls(settings, 80), undefined);
    assert.equal(tls(settings, 8080), 'SIMPLE spec.trafficPolicy.tls');
  });
  test('is that of the subset first', () => {
    const subsets = `${whole}}, subsets: [{name: v1}, {name: v2, trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}}]`;
    assert.equal(tls(subsets, 80, 'v1'), 'SIMPLE spec.trafficPolicy.tls');
    assert.equal(tls(subsets, 80, 'v2'), 'ISTIO_MUTUAL spec.subsets.1.trafficPolicy.tls');
  });
});
