import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { auditOf, deployment, lines, objects, policy } from '../../support/audit-scene';

const { entry, gateway, route, injected } = objects;
const base = [entry, gateway, route, injected];
const toGateway = '{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: istio-system}}}';
const closed = policy('closed', `{podSelector: {}, policyTypes: [Egress], egress: [{to: [${toGateway}]}]}`);

const facts = (documents: readonly string[], kind: string, mesh?: string) =>
  auditOf(documents, mesh === undefined ? {} : { mesh })
    .enforcement.filter((it) => it.kind === kind)
    .map((it) => `${it.state}: ${it.text}`);
const endings = (documents: readonly string[]) =>
  lines(auditOf(documents)).map((it) => it.replace('api.partner.example.com', 'api'));

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

suite('audit: pods that get past their sidecar', () => {
  const away = (annotations: string) => [...base, deployment('job', '{app: job}', annotations)];
  const ofJob = (documents: readonly string[]) =>
    endings(documents).filter((it) => it.startsWith('shop/app=job'));

  for (const [what, documents, text] of [
    [
      'a label',
      [...base, deployment('job', '{app: job, sidecar.istio.io/inject: "false"}')],
      /label "sidecar\.istio\.io\/inject"/,
    ],
    ['an annotation', away('{sidecar.istio.io/inject: "false"}'), /annotation "sidecar\.istio\.io\/inject"/],
    [
      'the network of the node',
      [...base, deployment('job', '{app: job}', '{}', 'hostNetwork: true, ')],
      /network of their node/,
    ],
    [
      'the user of the proxy',
      [...base, deployment('job', '{app: job}', '{}', 'securityContext: {runAsUser: 1337}, ')],
      /user 1337/,
    ],
    ['a mode without interception', away('{sidecar.istio.io/interceptionMode: NONE}'), /interceptionMode/],
  ] as const) {
    test(`${what}: every request leaves directly`, () => {
      const rows = auditOf(documents).rows.filter((it) => it.from.labels?.app === 'job');
      assert.equal(rows.length, 3, 'two ports of the host, and any other host');
      assert.ok(rows.every((it) => it.verdict === 'direct' && text.test(it.reason)));
      assert.ok(rows.every((it) => it.decidedBy[0]?.resource.kind === 'Workload'));
      assert.match(facts(documents, 'injection').join('\n'), text);
    });
  }

  test('Jobs and CronJobs have pods too', () => {
    const template =
      '{metadata: {labels: {app: job, sidecar.istio.io/inject: "false"}}, spec: {containers: []}}';
    const head = (kind: string) =>
      `apiVersion: batch/v1\nkind: ${kind}\nmetadata: {name: job, namespace: shop}\n`;
    for (const job of [
      `${head('Job')}spec: {template: ${template}}\n`,
      `${head('CronJob')}spec: {schedule: "* * * * *", jobTemplate: {spec: {template: ${template}}}}\n`,
    ]) {
      const rows = auditOf([...base, job]).rows.filter((it) => it.from.labels?.app === 'job');
      assert.ok(rows.length === 3 && rows.every((it) => it.verdict === 'direct'), job);
      assert.equal(rows[0]?.decidedBy[0]?.path.at(-1), 'sidecar.istio.io/inject');
    }
  });

  test('a label of the namespace outweighs what pods ask for', () => {
    const disabled = injected.replace('enabled', 'disabled');
    const asks = deployment('job', '{app: job, sidecar.istio.io/inject: "true"}');
    assert.ok(auditOf([entry, gateway, route, disabled, asks]).rows.every((it) => it.verdict === 'direct'));
  });

  test('a namespace without a label is told, and taken to have sidecars', () => {
    const plain = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n';
    const documents = [entry, gateway, route, plain];
    assert.match(facts(documents, 'injection')[0]!, /^unknown: Namespace "shop" carries no label/);
    assert.match(facts([entry, gateway, route], 'injection')[0]!, /^unknown: no file says whether/);
    assert.deepEqual(facts(base, 'injection'), []);
    assert.equal(endings(documents)[0], 'shop: api:80 HTTP → gateway istio-system/istio-egressgateway');
  });

  test('an excluded port leaves directly, whatever the host', () => {
    const documents = away('{traffic.sidecar.istio.io/excludeOutboundPorts: "80, 3306"}');
    assert.deepEqual(ofJob(documents), [
      'shop/app=job: api:80 HTTP → direct',
      'shop/app=job: *:80 * → direct',
      'shop/app=job: *:3306 * → direct',
    ]);
    assert.match(
      facts(documents, 'exclusion')[0]!,
      /^open: requests of pods of "shop" with app=job on port 80, 3306/,
    );
  });

  test('excluded addresses have a row, and the hosts that are known to be there', () => {
    const fixed = entry.replace('  ports:', '  addresses: [203.0.113.9]\n  ports:');
    const excluded = deployment(
      'job',
      '{app: job}',
      '{traffic.sidecar.istio.io/excludeOutboundIPRanges: 203.0.113.0/24}',
    );
    const found = ofJob([fixed, gateway, route, injected, excluded]);
    assert.ok(found.includes('shop/app=job: 203.0.113.0/24:* * → direct'), found.join('\n'));
    assert.ok(found.includes('shop/app=job: api:80 HTTP → direct'), found.join('\n'));
  });

  test('where only some addresses are included, others leave directly and unknown ones are not judged', () => {
    const documents = away('{traffic.sidecar.istio.io/includeOutboundIPRanges: 10.0.0.0/8}');
    assert.deepEqual(ofJob(documents), [
      'shop/app=job: api:80 HTTP → not-evaluated',
      'shop/app=job: api:443 TLS → not-evaluated',
      'shop/app=job: *:* * → direct',
      'shop/app=job: *:* * → not-evaluated',
    ]);
    const none = away('{traffic.sidecar.istio.io/includeOutboundIPRanges: ""}');
    assert.ok(ofJob(none).every((it) => it.endsWith('→ direct')));
    const port = away(
      '{traffic.sidecar.istio.io/includeOutboundIPRanges: 10.0.0.0/8, traffic.sidecar.istio.io/includeOutboundPorts: "80"}',
    );
    assert.ok(!ofJob(port).some((it) => it.includes('api:80')));
    assert.deepEqual(ofJob(away('{traffic.sidecar.istio.io/includeOutboundIPRanges: "*"}')), []);
  });

  test('what an installation excludes is excluded for all pods', () => {
    const operator = `apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: {name: istio, namespace: istio-system}
spec: {values: {global: {proxy: {excludeOutboundPorts: "443"}}}}
`;
    assert.ok(endings([...base, operator]).includes('shop: *:443 * → direct'));
  });

  test('sidecars are given no UDP, and policies know it from TCP', () => {
    const time = entry.replace(
      '{number: 443, name: tls, protocol: TLS}',
      '{number: 123, name: ntp, protocol: UDP}',
    );
    const documents = [time, gateway, route, injected];
    const only = (protocol: string) =>
      policy(
        'some',
        `{podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 123, protocol: ${protocol}}]}]}`,
      );
    assert.ok(endings(documents).includes('shop: api:123 UDP → direct'));
    assert.ok(endings([...documents, only('UDP')]).includes('shop: api:123 UDP → direct'));
    assert.ok(endings([...documents, only('TCP')]).includes('shop: api:123 UDP → blocked'));
  });

  test('a NetworkPolicy stops them all the same', () => {
    const documents = [...away('{sidecar.istio.io/inject: "false"}'), closed];
    assert.ok(
      ofJob(documents).every((it) => it.endsWith('→ blocked')),
      ofJob(documents).join('\n'),
    );
  });
});
