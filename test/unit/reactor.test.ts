import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Reactor } from '../../server/src/engine/reactive/reactor';

suite('reactor', () => {
  test('a memo computes once until something it read changes', () => {
    const reactor = new Reactor();
    const [a, b] = [reactor.source(1), reactor.source(10)];
    const sum = reactor.memo(() => a.get() + 1);
    assert.deepEqual([sum.get(), sum.get(), reactor.computed], [2, 2, 1]);
    b.set(11);
    assert.deepEqual([sum.get(), reactor.computed], [2, 1]);
    a.set(5);
    assert.deepEqual([sum.get(), reactor.computed], [6, 2]);
  });

  test('where nothing will change, a memo computes once and nothing is noted', () => {
    const reactor = new Reactor(true);
    const a = reactor.source(1);
    const double = reactor.memo(() => a.get() * 2);
    const root = reactor.memo(() => double.get() + double.get(), { root: true });
    assert.deepEqual([root.get(), root.get(), reactor.computed], [4, 4, 2]);
    a.set(2);
    assert.deepEqual([reactor.takeStale(), root.isUpToDate], [[], true]);
  });

  test('a value that comes out the same stops the wave', () => {
    const reactor = new Reactor();
    const number = reactor.source(1);
    const odd = reactor.memo(() => number.get() % 2 === 1);
    const word = reactor.memo(() => (odd.get() ? 'odd' : 'even'));
    word.get();
    const before = reactor.computed;
    number.set(3);
    assert.equal(word.get(), 'odd');
    assert.equal(reactor.computed - before, 1);
  });

  test('what is no longer read no longer counts', () => {
    const reactor = new Reactor();
    const [which, left, right] = [reactor.source('left'), reactor.source(1), reactor.source(2)];
    const chosen = reactor.memo(() => (which.get() === 'left' ? left.get() : right.get()));
    chosen.get();
    which.set('right');
    assert.equal(chosen.get(), 2);
    const before = reactor.computed;
    left.set(9);
    assert.equal(chosen.get(), 2);
    assert.equal(reactor.computed, before);
  });

  test('root memos are reported once when something below them may have changed', () => {
    const reactor = new Reactor();
    const a = reactor.source(1);
    const double = reactor.memo(() => a.get() * 2);
    const root = reactor.memo(() => double.get(), { root: true });
    root.get();
    assert.deepEqual(reactor.takeStale(), []);
    a.set(2);
    a.set(3);
    assert.deepEqual(reactor.takeStale(), [root]);
    assert.deepEqual(reactor.takeStale(), []);
    assert.equal(root.get(), 6);
  });

  test('a diamond computes its bottom once', () => {
    const reactor = new Reactor();
    const top = reactor.source(1);
    const left = reactor.memo(() => top.get() + 1);
    const right = reactor.memo(() => top.get() * 2);
    const bottom = reactor.memo(() => left.get() + right.get());
    bottom.get();
    const before = reactor.computed;
    top.set(2);
    assert.deepEqual([bottom.get(), reactor.computed - before], [7, 3]);
  });
});
