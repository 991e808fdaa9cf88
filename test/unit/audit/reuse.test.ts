import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { audit } from '../../../server/src/engine/audit/audit';
import type { Audit } from '../../../server/src/engine/audit/row';
import { deployment, objects, policy } from '../../support/audit-scene';
import { GraphScene } from '../../support/graph-scene';

const { entry, gateway, route, injected } = objects;
const base: { readonly [path: string]: string } = {
  'entry.yaml': entry,
  'gateway.yaml': gateway,
  'route.yaml': route,
  'namespace.yaml': injected,
  'web.yaml': deployment('web'),
};

/** What an audit says, without the objects it says it of. */
function said({ rows, enforcement, limits }: Audit): string {
  const plain = JSON.stringify(
    { rows, enforcement, limits },
    (key, value) =>
      key === 'resource' ? `${value.writtenKind} ${value.namespace}/${value.name} ${value.slot.id}` : value,
    1,
  );
  // Slots of another engine have other numbers.
  return plain.replaceAll(/(\/[\w-]+) \d+"/g, '$1"');
}

const closed = policy('closed', '{podSelector: {}, policyTypes: [Egress], egress: []}');

const edits: readonly { readonly [path: string]: string }[] = [
  { 'entry.yaml': entry.replace('DNS', 'NONE') },
  { 'entry.yaml': entry.replace('metadata:', '# a word\nmetadata:') },
  { 'policy.yaml': closed },
  { 'policy.yaml': closed.replace('podSelector: {}', 'podSelector: {matchLabels: {app: web}}') },
  { 'web.yaml': deployment('web', '{app: web}', '{traffic.sidecar.istio.io/excludeOutboundPorts: "443"}') },
  { 'namespace.yaml': injected.replace('enabled', 'disabled') },
  { 'namespace.yaml': injected, 'policy.yaml': '' },
  { 'route.yaml': route.replace('[mesh, istio-system/partner]', '[istio-system/partner]') },
  { 'route.yaml': route.replace('{gateways: [mesh], port: 80}', '{sourceLabels: {app: web}, port: 80}') },
  { 'route.yaml': route.replace('  http:\n', '  exportTo: [shop, billing]\n  http:\n') },
  {
    'sidecar.yaml':
      'apiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: {name: a, namespace: shop}\nspec: {outboundTrafficPolicy: {}}\n',
  },
  { 'sidecar.yaml': '', 'entry.yaml': entry, 'route.yaml': route },
  { 'gateway.yaml': gateway.slice(0, 90) },
  base,
];

suite('an audit after edits', () => {
  test('is that of a fresh start', () => {
    const scene = new GraphScene(base);
    let files = base;
    audit(scene.live.scope);
    for (const [index, edit] of edits.entries()) {
      scene.change(edit);
      files = { ...files, ...edit };
      const fresh = audit(new GraphScene(files).live.scope);
      assert.equal(said(audit(scene.live.scope)), said(fresh), `edit ${index + 1}`);
    }
  });

  test('costs nothing when nothing can be otherwise', () => {
    const scene = new GraphScene({
      ...base,
      'secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n',
    });
    const before = audit(scene.live.scope).rows;
    scene.change({ 'secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: b}\n' });
    const after = audit(scene.live.scope).rows;
    assert.ok(before.every((row, index) => row === after[index]));
  });
});
