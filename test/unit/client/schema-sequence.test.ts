import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { schemaContent, schemaUri } from '../../../client/src/yaml-extension/schema-sequence';

const service = 'apiVersion: v1\nkind: Service\n';
const entry = 'apiVersion: networking.istio.io/v1\nkind: ServiceEntry\n';
const gatewayApi = 'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n';

const sequence = (text: string, hasKubernetesSchemas = true): readonly object[] =>
  JSON.parse(schemaContent(schemaUri('istio-egress-networking', text, hasKubernetesSchemas))).schemaSequence;

suite('what the other YAML extension is told', () => {
  test('nothing of Istio documents, and the schema of Kubernetes for its own', () => {
    assert.deepEqual(sequence(`${service}---\n${entry}`), [{ $ref: 'kubernetes://schema/v1@service' }, {}]);
  });

  test('nothing of kinds that only some clusters have', () => {
    assert.deepEqual(sequence(`${gatewayApi}---\n${entry}`), [{}, {}]);
  });

  test('nothing at all without the Kubernetes extension', () => {
    assert.deepEqual(sequence(`${service}---\n${entry}`, false), [{}, {}]);
  });

  test('a comment before the first separator is no document, an empty document is one', () => {
    assert.deepEqual(sequence(`# head\n---\n${entry}`).length, 1);
    assert.deepEqual(sequence(`---\n---\n${entry}`).length, 2);
  });

  test('another order of documents has another address, since answers are remembered', () => {
    const uri = (text: string): string => schemaUri('istio-egress-networking', text, true);
    assert.notEqual(uri(`${service}---\n${entry}`), uri(`${entry}---\n${service}`));
    assert.match(uri(entry), /^istio-egress-networking:\/\/documents\/[^/]+$/);
  });

  test('an address that is not ours gives an empty sequence', () => {
    assert.deepEqual(JSON.parse(schemaContent('istio-egress-networking://documents/%')), {
      schemaSequence: [],
    });
  });
});
