import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Inspection } from '../../../server/src/engine/admission/inspect';
import { inspect } from '../../support/webhook';

const virtualService = (spec: string, metadata = ''): string => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: cnn
${metadata}spec:
  hosts:
    - edition.cnn.com
  http:
    - ${spec}
`;

const codes = ({ findings }: Inspection): string[] => findings.map((it) => it.code);
const rejecters = ({ objects }: Inspection): (string | undefined)[] => objects.map((it) => it.rejectedBy);
const noRoute = '{ match: [{ port: 80 }] }';
const route = '{ route: [{ destination: { host: edition.cnn.com } }] }';

suite('the order of the cluster', () => {
  test('istiod refuses what the API server takes', () => {
    const inspection = inspect(virtualService(noRoute));
    assert.deepEqual(rejecters(inspection), ['istiod']);
    assert.deepEqual(
      inspection.findings.map((it) => [it.layer, it.code, it.istio]),
      [['istiod', 'virtual-service/no-routes', 'IST0106']],
    );
  });

  test('what the API server refuses never reaches istiod', () => {
    const inspection = inspect(virtualService('{ math: [{ port: 80 }] }'));
    assert.deepEqual(rejecters(inspection), ['apiserver']);
    assert.deepEqual(codes(inspection), ['schema/unknown-field']);
  });

  test('a warning refuses nothing', () => {
    const inspection = inspect(virtualService(`${route}\n    - ${route}`));
    assert.deepEqual(rejecters(inspection), [undefined]);
    assert.deepEqual(codes(inspection), ['virtual-service/unreachable-route']);
  });

  test('items of a List are judged one by one', () => {
    const item = (spec: string): string =>
      `- apiVersion: networking.istio.io/v1\n  kind: VirtualService\n  metadata: { name: a }\n  spec: { hosts: [a.com], http: [${spec}] }\n`;
    const inspection = inspect(`apiVersion: v1\nkind: List\nitems:\n${item(route)}${item(noRoute)}`);
    assert.deepEqual(rejecters(inspection), [undefined, 'istiod']);
    assert.deepEqual(
      inspection.findings.map((it) => 'path' in it.at && it.at.path),
      [['items', 1, 'spec', 'http', 0, 'match']],
    );
  });

  test('a Gateway of the Gateway API is not Istio’s', () => {
    const text = `apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: { name: a.b }\nspec: {}\n`;
    assert.deepEqual(codes(inspect(text)), []);
  });

  test('a duration that istiod cannot read ends its checks', () => {
    const text = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: a }
spec:
  host: a_b.com
  trafficPolicy:
    loadBalancer: { consistentHash: { httpCookie: { name: a, ttl: 5 s } } }
`;
    assert.deepEqual(codes(inspect(text)), ['istiod/duration']);
  });

  test('an annotation of Istio’s own ends its checks', () => {
    const annotations = (name: string, value = '"true"'): string => `  annotations: { ${name}: ${value} }\n`;
    for (const name of ['internal.istio.io/parents', 'istio.io/dry-run']) {
      const inspection = inspect(virtualService(noRoute, annotations(name)));
      assert.deepEqual(codes(inspection), ['istiod/annotation']);
      assert.deepEqual(rejecters(inspection), ['istiod']);
      // Of an annotation the API server makes an empty text where it drops other fields that are null.
      assert.deepEqual(codes(inspect(virtualService(noRoute, annotations(name, 'null')))), [
        'istiod/annotation',
      ]);
    }
    assert.deepEqual(codes(inspect(virtualService(route, annotations('example.com/a')))), []);
  });
});

suite('what istioctl says alone', () => {
  const told = (inspection: Inspection): [string, boolean][] =>
    inspection.findings.map((it) => [it.istio ?? '', it.istioctlOnly ?? false]);

  test('a route that delegates may leave requests to those below', () => {
    const delegating = virtualService(`{ delegate: { name: a } }\n    - ${route}`);
    assert.deepEqual(told(inspect(delegating)), [['IST0130', true]]);
  });

  test('a match by method leaves the other methods', () => {
    const match = (more: string): string => route.replace('{', `{ match: [{ uri: { prefix: /a${more} } }],`);
    const both = (first: string): string => virtualService(`${first}\n    - ${match('b')}`);
    assert.deepEqual(told(inspect(both(match('')))), [['IST0131', false]]);
    assert.deepEqual(told(inspect(both(match(' }, method: { exact: GET')))), [['IST0131', true]]);
  });

  test('matches of a route that is never reached are told with it', () => {
    const match = route.replace('{', '{ match: [{ port: 80 }],');
    assert.deepEqual(told(inspect(virtualService(`${match}\n    - ${match}`))), [
      ['IST0131', true],
      ['IST0130', false],
    ]);
  });
});
