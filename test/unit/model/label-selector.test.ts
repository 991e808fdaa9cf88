import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isPickedBy } from '../../../server/src/engine/model/label-selector';

const labels = { app: 'shop', tier: 'front' };
const expression = (operator: string, key: string, values?: readonly string[]): object => {
  return { matchExpressions: [{ key, operator, ...(values && { values }) }] };
};

suite('label selectors of Kubernetes', () => {
  for (const [what, selector, wanted] of [
    ['none picks everything', undefined, true],
    ['an empty one too', {}, true],
    ['all labels have to be there', { matchLabels: { app: 'shop', tier: 'front' } }, true],
    ['with these values', { matchLabels: { app: 'shop', tier: 'back' } }, false],
    ['In', expression('In', 'app', ['jobs', 'shop']), true],
    ['In without the label', expression('In', 'team', ['shop']), false],
    ['NotIn', expression('NotIn', 'app', ['jobs']), true],
    ['NotIn without the label', expression('NotIn', 'team', ['shop']), true],
    ['NotIn with the value', expression('NotIn', 'app', ['shop']), false],
    ['Exists', expression('Exists', 'app'), true],
    ['Exists, of what every object has', expression('Exists', 'constructor'), false],
    ['DoesNotExist', expression('DoesNotExist', 'app'), false],
    ['labels and expressions', { matchLabels: { app: 'shop' }, ...expression('Exists', 'team') }, false],
    ['one that is malformed picks nothing: values', expression('NotIn', 'app', []), false],
    ['one that is malformed picks nothing: no values', expression('Exists', 'app', ['shop']), false],
    ['one that is malformed picks nothing: operator', expression('Equals', 'app', ['shop']), false],
  ] as const) {
    test(what, () => assert.equal(isPickedBy(selector, labels), wanted));
  }
});
