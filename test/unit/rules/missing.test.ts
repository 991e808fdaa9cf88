import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isSlip } from '../../../server/src/engine/rules/missing';

suite('a slip is told from a name of its own', () => {
  const cases: readonly (readonly [written: string, meant: string, expected: boolean])[] = [
    ['edtion.cnn.com', 'edition.cnn.com', true],
    ['editoin.cnn.com', 'edition.cnn.com', true],
    ['ediition.cnn.com', 'edition.cnn.com', true],
    ['cnn-egres', 'cnn-egress', true],
    ['cnnegress', 'cnn-egress', true],
    ['egressgateway.istio-system', 'egressgateway.istio-systems', true],
    ['edition.cnnxcom', 'edition.cnn.com', true],
    ['bbc-egress', 'cnn-egress', false],
    ['egress-a', 'egress-b', false],
    ['api-eu1.example.com', 'api-eu2.example.com', false],
    ['service1.example.com', 'service2.example.com', false],
    ['istio-ingressgateway', 'istio-egressgateway', false],
    ['gateway.istio-egress', 'gateway.istio-system', false],
    ['www.edition.cnn.com', 'edition.cnn.com', false],
  ];
  for (const [written, meant, expected] of cases) {
    test(`${written} for ${meant}: ${expected ? 'yes' : 'no'}`, () => {
      assert.equal(isSlip(written, meant), expected);
      assert.equal(isSlip(meant, written), expected);
    });
  }
});
