import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readFast } from '../../../server/src/engine/yaml/fast-reader';
import { readFull } from '../../../server/src/engine/yaml/full-reader';
import type { YamlNode } from '../../../server/src/engine/yaml/node';
import { readYaml } from '../../../server/src/engine/yaml/read';
import { documents, oddDocuments, pickFrom, seeded, verdicts } from './corpus';

const maxDepth = 200;

/** The tree, or nothing when the reader does not accept the text. */
function fastTree(text: string): { readonly root: YamlNode | undefined } | undefined {
  try {
    return { root: readFast(text, maxDepth) };
  } catch {
    return undefined;
  }
}

function fullTree(text: string): { readonly root: YamlNode | undefined } | undefined {
  const { root, errors } = readFull(text, maxDepth);
  return errors.length === 0 ? { root } : undefined;
}

suite('both readers', () => {
  test('give the same tree for every document', () => {
    for (const text of [...documents(), ...oddDocuments]) {
      const fast = fastTree(text);
      const full = fullTree(text);
      assert.ok(fast && full, `not accepted by both: ${JSON.stringify(text)}`);
      assert.deepStrictEqual(fast, full, text);
    }
  });

  test('give the same tree for every verdict both accept', () => {
    const compared = verdicts().filter(({ text }) => isSameTree(text));
    assert.ok(compared.length > 500, `only ${compared.length} were compared`);
  });

  test('give the same tree for mutated documents both accept', () => {
    const dice = seeded(7);
    let compared = 0;
    for (const text of [...documents().filter((_, index) => index % 4 === 0), ...oddDocuments]) {
      for (let round = 0; round < 12; round++) {
        compared += isSameTree(mutated(text, dice)) ? 1 : 0;
      }
    }
    assert.ok(compared > 400, `only ${compared} were compared`);
  });
});

function isSameTree(text: string): boolean {
  const fast = fastTree(text);
  const full = fullTree(text);
  if (!fast || !full) {
    return false;
  }
  assert.deepStrictEqual(fast, full, text);
  return true;
}

suite('offsets', () => {
  test('a plain text on one line stands where its node says, also in text that had to be relaxed', () => {
    for (const text of [...documents(), ...oddDocuments, ...verdicts().map((it) => it.text)]) {
      const { root } = readYaml(text);
      for (const node of root ? nodesIn(root) : []) {
        assert.ok(node.start <= node.end && node.end <= text.length);
        if (
          node.type === 'scalar' &&
          node.style === 'plain' &&
          node.tag !== '!!binary' &&
          typeof node.value === 'string' &&
          !/[\s]/.test(node.value)
        ) {
          assert.equal(text.slice(node.start, node.end), node.value, text);
        }
      }
    }
  });

  test('children stand within their parents, one after the other', () => {
    for (const text of [...documents(), ...oddDocuments]) {
      const { root } = readYaml(text);
      for (const node of root ? nodesIn(root) : []) {
        let from = node.start;
        for (const child of childrenOf(node)) {
          assert.ok(from <= child.start && child.end <= node.end, text);
          from = child.end;
        }
      }
    }
  });
});

function childrenOf(node: YamlNode): readonly YamlNode[] {
  return node.type === 'map'
    ? node.pairs.flatMap(({ key, value }) => [key, value])
    : node.type === 'seq'
      ? node.items
      : [];
}

function nodesIn(node: YamlNode): YamlNode[] {
  return [node, ...childrenOf(node).flatMap(nodesIn)];
}

suite('never throws', () => {
  test('over mutations that break the text', () => {
    const dice = seeded(11);
    let broken = 0;
    for (const text of [...documents(), ...oddDocuments]) {
      for (let round = 0; round < 6; round++) {
        let changed = text;
        for (let times = 0; times <= round; times++) {
          changed = mutated(changed, dice);
        }
        broken += readYaml(changed).problems.length > 0 ? 1 : 0;
      }
    }
    assert.ok(broken > 300, `only ${broken} were broken`);
  });

  const hostile: readonly (readonly [string, string])[] = [
    ['ten thousand brackets', '['.repeat(10_000)],
    ['ten thousand closed brackets', `a: ${'['.repeat(10_000)}${']'.repeat(10_000)}`],
    ['ten thousand braces', '{a: '.repeat(10_000)],
    ['ten thousand dashes', `${'- '.repeat(10_000)}a`],
    ['two thousand levels', Array.from({ length: 2_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['a text of 5 MB', `a: "${'x'.repeat(5_000_000)}"`],
    ['a block scalar of 5 MB', `a: |\n${'  some line of text\n'.repeat(250_000)}`],
    ['a key of 1 MB', `${'k'.repeat(1_000_000)}: v`],
    ['an open quote before a long text', `a: "${'line\n'.repeat(20_000)}`],
    ['blank lines only', '\n'.repeat(100_000)],
    ['spaces only', ' '.repeat(100_000)],
    ['question marks', '? '.repeat(3_000)],
    ['anchors', `a: ${'&x '.repeat(3_000)}`],
    ['NUL', 'a: b\0c\n'],
    ['half a surrogate pair', 'a: \ud800\nb: "\udc00"\n'],
    ['an anchor that contains itself', 'a: &x\n  b: *x\n'],
  ];
  for (const [name, text] of hostile) {
    test(name, { timeout: 20_000 }, () => {
      assert.equal(readYaml(text).text, text);
    });
  }
});

/** One small change of the kind that typing makes. */
function mutated(text: string, dice: () => number): string {
  const pick = pickFrom(dice);
  const at = Math.floor(dice() * (text.length + 1));
  const rows = text.split('\n');
  const row = Math.floor(dice() * rows.length);
  switch (Math.floor(dice() * 7)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1);
    case 1:
      return (
        text.slice(0, at) +
        pick([...': #-?[]{},&*!|>\'"%@`\\\t\n ', '\r\n', ': ', '- ', ' #', '\0', '😀']) +
        text.slice(at)
      );
    case 2:
      return text.slice(0, at);
    case 3:
      return rows.toSpliced(row, 0, rows[row]!).join('\n');
    case 4:
      return rows.toSpliced(row, 1).join('\n');
    case 5:
      return rows.with(row, ` ${rows[row]}`).join('\n');
    default:
      return rows.with(row, rows[row]!.replace(/^ /, '')).join('\n');
  }
}
