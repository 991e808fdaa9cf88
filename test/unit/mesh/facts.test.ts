import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Engine } from '../../../server/src/engine/engine';
import { meshFacts } from '../../../server/src/engine/mesh/facts';
import { knownGateways } from '../../../server/src/engine/mesh/installed-gateways';
import type { View } from '../../../server/src/engine/workspace/view';

const values = (mode: string): string =>
  `pilot: {}\nmeshConfig:\n  outboundTrafficPolicy:\n    mode: ${mode}\n`;
const operator = (spec: string): string =>
  `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: mesh}\nspec: ${spec}\n`;

suite('what the files say of the mesh', () => {
  test('nothing: the documented defaults', () => {
    const { outboundMode } = meshFacts(viewOf('a: 1\n'));
    assert.deepEqual([outboundMode.value, outboundMode.from], ['ALLOW_ANY', 'default']);
  });

  test('values for the chart of istiod', () => {
    const { outboundMode } = meshFacts(viewOf(values('REGISTRY_ONLY')));
    assert.deepEqual([outboundMode.value, outboundMode.from], ['REGISTRY_ONLY', 'object']);
    assert.deepEqual(outboundMode.origin?.path, ['meshConfig']);
  });

  test('values of two environments that disagree say nothing', () => {
    const { outboundMode } = meshFacts(viewOf(values('REGISTRY_ONLY'), values('ALLOW_ANY')));
    assert.equal(outboundMode.from, 'default');
  });

  test('an IstioOperator before values', () => {
    const own = operator('{meshConfig: {outboundTrafficPolicy: {mode: REGISTRY_ONLY}}}');
    assert.equal(meshFacts(viewOf(values('ALLOW_ANY'), own)).outboundMode.value, 'REGISTRY_ONLY');
  });
});

suite('gateways without a Service among the files', () => {
  test('the stock one is assumed', () => {
    const [stock, ...others] = knownGateways(viewOf('a: 1\n'));
    assert.equal(stock?.assumed, true);
    assert.deepEqual(others, []);
  });

  test('an IstioOperator says which ports it has', () => {
    const ports = '{k8s: {service: {ports: [{port: 80, targetPort: 8080}, {port: 5432}]}}';
    const view = viewOf(operator(`{components: {egressGateways: [${ports}, name: istio-egressgateway}]}}`));
    assert.deepEqual(knownGateways(view), [
      {
        namespace: 'istio-system',
        name: 'istio-egressgateway',
        labels: { app: 'istio-egressgateway', istio: 'egressgateway' },
        ports: [
          { port: 80, targetPort: 8080 },
          { port: 5432, targetPort: 5432 },
        ],
      },
    ]);
  });

  test('one that it leaves out is not there', () => {
    const view = viewOf(
      operator('{components: {egressGateways: [{name: istio-egressgateway, enabled: false}]}}'),
    );
    assert.deepEqual(knownGateways(view), []);
  });
});

function viewOf(...texts: readonly string[]): View {
  const engine = new Engine();
  engine.change(texts.map((text, index) => ({ uri: `${index}.yaml`, path: `${index}.yaml`, text })));
  const [live] = [...engine.workspace.scopes()];
  return live!.scope;
}
