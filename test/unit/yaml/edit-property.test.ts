import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { applyEdits, type TextEdit } from '../../../server/src/engine/text/edit';
import type { YamlEdit, YamlValue } from '../../../server/src/engine/yaml/edit';
import { editDocument } from '../../../server/src/engine/yaml/edit-document';
import type { Path, YamlDocument } from '../../../server/src/engine/yaml/node';
import { readYaml } from '../../../server/src/engine/yaml/read';
import { plainValue } from '../../../server/src/engine/yaml/walk';
import { documents, oddDocuments, pickFrom, seeded } from './corpus';

type Tree = null | boolean | number | string | Tree[] | { [key: string]: Tree };

const scalars: readonly (string | number | boolean | null)[] = [
  ...['a', 'yes', 'y', '80', '0x1F', '.5', '~', 'null', 'on', '12:30', '2026-01-01', '<<', '=', ''],
  ...[
    '*.example.com',
    '- a',
    '-',
    '?',
    'a?b',
    '[x',
    'a,b',
    '#x',
    'x #y',
    'a: b',
    'k:',
    '@a',
    '%a',
    '{{ .a }}',
  ],
  ...[
    ' x',
    'x ',
    '\ttab',
    'a\nb\n',
    'l1\n\n  l2',
    '\na',
    'a\n\n',
    'a\r\nb',
    'x\u2028y',
    'é😀',
    'q"uo\'te',
    '\\b',
  ],
  ...['...', '---', 'long '.repeat(40).trim(), true, false, null, 0, 1, -1, 1.5, 1e21],
];
const keys = ['a', 'b', 'yes', 'x y', '*', '80', 'k: v', 'h/x', 'é', ''];

/** Values, paths and edits picked with the dice. */
class Chooser {
  readonly #dice: () => number;
  readonly #pick: <T>(items: readonly T[]) => T;

  constructor(seed: number) {
    this.#dice = seeded(seed);
    this.#pick = pickFrom(this.#dice);
  }

  value(depth = 0): Tree {
    const kind = depth > 2 ? 0 : this.#dice();
    if (kind < 0.6) {
      return this.#pick(scalars);
    }
    const members = Array.from({ length: Math.floor(this.#dice() * 3) }, () => this.value(depth + 1));
    return kind < 0.8 ? members : Object.fromEntries(members.map((it) => [this.#pick(keys), it]));
  }

  edit(tree: Tree): YamlEdit | undefined {
    const path = this.#pick(pathsIn(tree));
    const current = at(tree, path);
    const kind = this.#dice();
    const value = this.value() as YamlValue;
    if (Array.isArray(current) && kind < 0.4) {
      const index = Math.floor(this.#dice() * (current.length + 1));
      return { op: 'insert', path, value, ...(this.#dice() < 0.7 && { index }) };
    }
    if (isMap(current) && kind < 0.4) {
      return { op: 'set', path: [...path, ...this.#pick([['new'], ['no', 0], ['x: y', 'deep']])], value };
    }
    if (path.length === 0) {
      return undefined;
    }
    if (typeof path.at(-1) === 'string' && kind < 0.55) {
      const key = this.#pick(['renamed', 'yes', 'a b', '*k']);
      return Object.hasOwn(at(tree, path.slice(0, -1)) as object, key)
        ? undefined
        : { op: 'rename', path, key };
    }
    return kind < 0.75 ? { op: 'remove', path } : { op: 'set', path, value };
  }
}

function isMap(tree: Tree | undefined): tree is { [key: string]: Tree } {
  return tree !== null && typeof tree === 'object' && !Array.isArray(tree);
}

function pathsIn(tree: Tree, path: Path = []): Path[] {
  if (Array.isArray(tree)) {
    return [path, ...tree.flatMap((item, index) => pathsIn(item, [...path, index]))];
  }
  return isMap(tree)
    ? [path, ...Object.entries(tree).flatMap(([key, member]) => pathsIn(member, [...path, key]))]
    : [path];
}

function at(tree: Tree, path: Path): Tree | undefined {
  return path.reduce<Tree | undefined>(
    (node, step) => (node as { [key: string]: Tree } | undefined)?.[step],
    tree,
  );
}

/** What the edit means for plain values. */
function expected(tree: Tree, edit: YamlEdit): Tree {
  const whole = structuredClone({ root: tree }) as { [key: string]: Tree };
  const path = ['root', ...edit.path];
  let parent: { [key: string | number]: Tree } = whole;
  for (const [index, step] of path.slice(0, -1).entries()) {
    const next = parent[step];
    parent[step] =
      next !== null && typeof next === 'object' ? next : typeof path[index + 1] === 'number' ? [] : {};
    parent = parent[step] as { [key: string | number]: Tree };
  }
  const last = path.at(-1)!;
  if (edit.op === 'set') {
    parent[last] = structuredClone(edit.value) as Tree;
  } else if (edit.op === 'insert') {
    const list = parent[last] as Tree[];
    list.splice(edit.index ?? list.length, 0, structuredClone(edit.value) as Tree);
  } else if (Array.isArray(parent)) {
    parent.splice(Number(last), 1);
  } else {
    const value = parent[last]!;
    delete parent[last];
    if (edit.op === 'rename') {
      parent[edit.key] = value;
    }
  }
  return whole.root!;
}

/** One value for what JSON has one form for. */
function comparable(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function check(document: YamlDocument, edits: readonly YamlEdit[], tree: Tree): TextEdit[] {
  const made = editDocument(document, edits);
  const result = applyEdits(document.text, made);
  const told = `${JSON.stringify(edits)}\n${document.text}\n>>>\n${result}`;
  for (const [index, { span }] of made.entries()) {
    assert.ok(index === 0 || made[index - 1]!.span.end <= span.start, `overlapping edits: ${told}`);
  }
  const { root, problems } = readYaml(result);
  assert.deepStrictEqual(problems, [], told);
  assert.deepStrictEqual(comparable(plainValue(root)), comparable(tree), told);
  return made;
}

suite('properties of edits', () => {
  const readable = [...documents(), ...Array(25).fill(oddDocuments).flat()]
    .map((text: string) => readYaml(text))
    .filter(({ root, problems }) => problems.length === 0 && (root?.type === 'map' || root?.type === 'seq'));

  for (const seed of [1, 2, 3]) {
    test(`the result reads as intended, seed ${seed}`, () => {
      const chooser = new Chooser(seed);
      let done = 0;
      for (const document of readable) {
        let tree = comparable(plainValue(document.root)) as Tree;
        const edits: YamlEdit[] = [];
        for (let count = 0; count < 3 && tree !== null && typeof tree === 'object'; count++) {
          const edit = chooser.edit(tree);
          if (edit) {
            tree = expected(tree, edit);
            edits.push(edit);
          }
        }
        check(document, edits, tree);
        done += edits.length;
      }
      assert.ok(done > 1000, `only ${done} edits`);
    });
  }

  test('comments stay, except those of what is removed or replaced', () => {
    const text = commented();
    const document = readYaml(text);
    const chooser = new Chooser(5);
    const tree = comparable(plainValue(document.root)) as Tree;
    let done = 0;
    for (let count = 0; count < 400; count++) {
      const edit = chooser.edit(tree);
      const replaced = edit?.op === 'set' ? at(tree, edit.path) : undefined;
      if (!edit || edit.op === 'remove' || (replaced !== null && typeof replaced === 'object')) {
        continue;
      }
      const made = check(document, [edit], expected(tree, edit));
      const left = applyEdits(text, made).match(/#\d+/g);
      assert.deepStrictEqual(left, text.match(/#\d+/g), `${JSON.stringify(edit)}\n${applyEdits(text, made)}`);
      done++;
    }
    assert.ok(done > 100, `only ${done} edits`);
  });

  test('lines that an edit does not concern stay byte for byte', () => {
    const text = commented();
    const document = readYaml(text);
    const edit: YamlEdit = { op: 'remove', path: ['spec', 'http', 1] };
    const rest = text.split('\n').filter((line) => !/ #(?:1[7-9]|2[0-4])$/.test(line));
    assert.equal(applyEdits(text, editDocument(document, [edit])), rest.join('\n'));
  });
});

/** A manifest with a numbered comment at every place a comment can have. */
function commented(): string {
  const lines = `kind: VirtualService
metadata:
  # above
  name: x
  labels: {app:   x, "team" : y}
spec:
  hosts: [ a, 'b' ]
  gateways:

  - mesh
  - "egress"
  http:
  # first
  - match:
    - port: 80
    route:
    - destination: {host: a}
  # second
  - name:   second
    match:
      # deep
      - uri:
          prefix: /a
        port: 443
    # behind
  # third
  - name: third
  exportTo:
  - .`;
  let number = 0;
  return `${lines
    .split('\n')
    .map((line) => (line === '' ? line : `${line.replace(/ *#.*/, (it) => it)} #${++number}`))
    .join('\n')}\n`;
}
