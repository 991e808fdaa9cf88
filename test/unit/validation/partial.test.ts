import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { inspect } from '../../support/webhook';

const codes = (text: string, options: Parameters<typeof inspect>[1]): string[] =>
  inspect(text, options).findings.map((it) => it.code);

const virtualService = (http: string): string => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: cnn
spec:
  hosts:
    - edition.cnn.com
  http:
    - ${http}
`;

suite('templates', () => {
  const template = { template: true };

  test('what is filled in is not judged', () => {
    assert.deepEqual(
      codes(
        virtualService('timeout: {{ .Values.timeout }}\n      route: {{ toYaml .Values.route }}'),
        template,
      ),
      [],
    );
  });

  test('what is missing may come from the template', () => {
    assert.deepEqual(codes(virtualService('{{ include "route" . }}: {}'), template), []);
    assert.deepEqual(
      codes(virtualService('name: {{ .Values.name }}\n      rewrite: {}\n      route: []'), template),
      [],
    );
  });

  test('what is written is judged by itself', () => {
    const text = virtualService(
      'name: {{ .Values.name }}\n      timeout: 1500us\n      route:\n        - destination:\n            host: a_b.com',
    );
    assert.deepEqual(codes(text, template), ['istiod/host-name', 'istiod/duration']);
  });

  test('a key that is filled in is no name of a header', () => {
    const headers = (name: string): string =>
      virtualService(
        `name: {{ .Values.name }}\n      headers:\n        request:\n          set:\n            ${name}: a`,
      );
    assert.deepEqual(codes(headers('"{{ .Values.header }}"'), template), []);
    assert.deepEqual(codes(headers('":path"'), template), ['istiod/header']);
  });

  test('variables of a shell are holes too', () => {
    assert.deepEqual(
      codes(virtualService('route:\n        - destination:\n            host: ${HOST}'), {}),
      [],
    );
    assert.deepEqual(
      codes(
        virtualService('timeout: 1500us\n      route:\n        - destination:\n            host: ${HOST}'),
        {},
      ),
      ['istiod/duration'],
    );
  });
});

test('a patch leaves the rest to what it changes', () => {
  const text = virtualService(
    'rewrite: { authority: edition.cnn.com }\n      retries: { attempts: 3, retryOn: 5x }',
  );
  assert.deepEqual(codes(text, { patch: true }), ['virtual-service/retries']);
  assert.deepEqual(codes(text, {}), ['virtual-service/no-routes', 'virtual-service/retries']);
});

suite('a namespace that nobody knows', () => {
  const serviceEntry = (metadata: string): string => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { ${metadata} }
spec:
  hosts: [edition.cnn.com]
  exportTo: [., default]
  resolution: DNS
`;

  test('may be any', () => assert.deepEqual(codes(serviceEntry('name: a'), {}), []));

  test('is what the document says', () => {
    assert.deepEqual(codes(serviceEntry('name: a, namespace: default'), {}), ['istiod/export-to']);
    assert.deepEqual(codes(serviceEntry('name: a, namespace: news'), {}), []);
  });
});
