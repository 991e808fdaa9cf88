import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  auditOf,
  governed as base,
  closed,
  endings,
  facts,
  objects,
  policy,
  toGateway,
} from '../../support/audit-scene';

const { entry, gateway, route } = objects;

suite('audit: what keeps requests from going round', () => {
  test('the outbound mode of the mesh and its place', () => {
    assert.match(facts(base, 'mesh-mode')[0]!, /^open: no file sets .* ALLOW_ANY/);
    assert.match(
      facts(base, 'mesh-mode', 'outboundTrafficPolicy: {mode: REGISTRY_ONLY}')[0]!,
      /^partly: .*no security boundary/,
    );
    const config = `apiVersion: v1
kind: ConfigMap
metadata: {name: istio, namespace: istio-system}
data: {mesh: "outboundTrafficPolicy: {mode: REGISTRY_ONLY}"}
`;
    const [fact] = auditOf([...base, config]).enforcement;
    assert.equal(fact?.decidedBy[0]?.resource.kind, 'ConfigMap');
  });

  test('an empty policy of a Sidecar is REGISTRY_ONLY', () => {
    const sidecar =
      'apiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: {name: default, namespace: shop}\nspec: {outboundTrafficPolicy: {}}\n';
    assert.match(
      facts([...base, sidecar], 'sidecar-mode')[0]!,
      /^partly: Sidecar "shop\/default" sets REGISTRY_ONLY/,
    );
  });

  test('a NetworkPolicy that lets pods reach nothing but the gateway stops what the sidecar lets out', () => {
    assert.deepEqual(endings([...base, closed]), [
      'shop: api:80 HTTP → gateway istio-system/istio-egressgateway',
      'shop: api:443 TLS → blocked',
      'shop: *:* * → blocked',
    ]);
    assert.match(
      facts([...base, closed], 'network-policy')[0]!,
      /^closed: .*"shop\/closed".* no address outside/,
    );
    const [row] = auditOf([...base, closed]).rows.filter((it) => it.port === '443');
    assert.equal(row?.decidedBy[0]?.resource.writtenKind, 'NetworkPolicy');
  });

  test('without one nothing but sidecars is in the way', () => {
    assert.match(facts(base, 'network-policy')[0]!, /^open: no NetworkPolicy is about .*"shop"/);
  });

  for (const [what, egress, state] of [
    ['every address', '[{}]', 'open'],
    ['every address but some', '[{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}]', 'open'],
    ['certain addresses', '[{to: [{ipBlock: {cidr: 203.0.113.0/24}}]}]', 'partly'],
    ['one port', '[{ports: [{port: 443}]}]', 'partly'],
    ['UDP', '[{ports: [{port: 53, protocol: UDP}]}]', 'closed'],
    ['pods', '[{to: [{podSelector: {}}]}]', 'closed'],
    ['nothing', '[]', 'closed'],
  ] as const) {
    test(`a policy that allows ${what} is ${state}`, () => {
      const spec = `{podSelector: {}, policyTypes: [Egress], egress: ${egress}}`;
      assert.match(facts([...base, policy('some', spec)], 'network-policy')[0]!, new RegExp(`^${state}: `));
    });
  }

  test('a policy that speaks of ingress only stops nothing', () => {
    const spec = '{podSelector: {}, ingress: []}';
    assert.ok(endings([...base, policy('in', spec)]).includes('shop: *:* * → passthrough'));
  });

  test('addresses that are written decide', () => {
    const fixed = entry.replace('DNS', 'STATIC\n  endpoints: [{address: 203.0.113.9}]');
    const to = (cidr: string) =>
      policy(
        'some',
        `{podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: ${cidr}}}, ${toGateway}]}]}`,
      );
    assert.ok(endings([fixed, gateway, route, to('203.0.113.0/24')]).includes('shop: api:443 TLS → direct'));
    assert.ok(
      endings([fixed, gateway, route, to('198.51.100.0/24')]).includes('shop: api:443 TLS → blocked'),
    );
  });

  test('a policy for some pods is about those', () => {
    const some = policy(
      'some',
      '{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: []}',
    );
    const found = endings([...base, some]);
    assert.ok(found.includes('shop: *:* * → passthrough'));
    assert.ok(found.includes('shop/app=web: *:* * → blocked'));
    assert.ok(found.includes('shop/app=web: api:80 HTTP → broken istio-system/istio-egressgateway'));
  });

  test('a policy for some pods leaves the others, and one without UDP leaves no DNS', () => {
    const some = policy(
      'some',
      '{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: []}',
    );
    assert.match(facts([...base, some], 'network-policy')[0]!, /^partly: .*"shop\/some" is about some pods/);
    assert.match(facts([...base, closed], 'network-policy').join('\n'), /reach no address/);
    const mute = policy('mute', '{podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 80}]}]}');
    assert.match(facts([...base, mute], 'network-policy')[1]!, /^closed: .*"shop\/mute".* no DNS server/);
    assert.equal(facts([...base, closed], 'network-policy').length, 1);
  });

  test('a policy that keeps pods from the gateway breaks the way through it', () => {
    const other = policy(
      'other',
      '{podSelector: {}, policyTypes: [Egress], egress: [{to: [{podSelector: {}}]}]}',
    );
    assert.equal(endings([...base, other])[0], 'shop: api:80 HTTP → broken istio-system/istio-egressgateway');
    const port = closed.replace(
      `egress: [{to: [${toGateway}]}]`,
      `egress: [{to: [${toGateway}], ports: [{port: 8443}]}]`,
    );
    assert.equal(endings([...base, port])[0], 'shop: api:80 HTTP → broken istio-system/istio-egressgateway');
  });

  test('policies on the pods of the gateway break it in both directions', () => {
    const deny = policy(
      'deny',
      '{podSelector: {matchLabels: {istio: egressgateway}}, ingress: []}',
      'istio-system',
    );
    assert.equal(endings([...base, deny])[0], 'shop: api:80 HTTP → broken istio-system/istio-egressgateway');
    const inside = policy(
      'inside',
      '{podSelector: {}, policyTypes: [Egress], egress: [{to: [{podSelector: {}}]}]}',
      'istio-system',
    );
    assert.equal(
      endings([...base, inside])[0],
      'shop: api:80 HTTP → broken istio-system/istio-egressgateway',
    );
    assert.match(facts([...base, inside], 'gateway-policy')[0]!, /^closed: .*istio-egressgateway/);
    assert.match(facts([...base, deny], 'gateway-policy')[0]!, /^partly: .*limits who may send/);
    assert.match(facts(base, 'gateway-policy')[0]!, /^open: no NetworkPolicy limits who/);
  });

  test('labels of namespaces that are in no file decide nothing', () => {
    const labelled = closed.replace('kubernetes.io/metadata.name: istio-system', 'team: platform');
    assert.equal(
      endings([...base, labelled])[0],
      'shop: api:80 HTTP → gateway istio-system/istio-egressgateway',
    );
  });

  test('policies of other kinds are named as not followed', () => {
    const cilium =
      'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: egress, namespace: shop}\nspec: {}\n';
    assert.match(facts([...base, cilium], 'unread')[0]!, /^unknown: CiliumNetworkPolicy "shop\/egress"/);
  });
});
