import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  auditOf,
  governed as base,
  closed,
  deployment,
  endings,
  facts,
  objects,
  policy,
} from '../../support/audit-scene';

const { entry, gateway, route, injected } = objects;

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
