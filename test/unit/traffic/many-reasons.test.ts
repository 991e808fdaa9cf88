import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { trace } from '../../../server/src/engine/traffic/trace';
import { objects } from '../../support/audit-scene';
import { mesh } from '../../support/mesh-scene';

const rule = (namespace: string, subset: string): string => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: hop, namespace: ${namespace}}
spec:
  host: istio-egressgateway.istio-system.svc.cluster.local
  subsets: [{name: ${subset}}]
`;

suite('reasons in a large mesh', () => {
  const { entry, gateway, route } = objects;
  const teams = Array.from({ length: 200 }, (_, index) => rule(`team-${index}`, 'partner'));
  const toSubset = route.replace('svc.cluster.local, port', 'svc.cluster.local, subset: partner, port');

  test('are few, and the rule that decides has the first word', () => {
    const view = mesh([entry, gateway, toSubset, ...teams, rule('shop', 'other')].join('---\n'));
    const request = {
      from: { namespace: 'shop' },
      scheme: 'http',
      host: 'api.partner.example.com',
      port: 80,
    } as const;
    const [path] = trace(view, request, { explained: true });
    assert.equal(path?.outcome, 'no-cluster');
    const rules = (path?.hops[0]?.alternatives ?? []).filter(
      (it) => it.origin.resource.kind === 'DestinationRule',
    );
    assert.ok(rules.length > 1 && rules.length < 20, String(rules.length));
    assert.equal(rules[0]?.origin.resource.namespace, 'shop');
  });
});
