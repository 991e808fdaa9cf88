import fs from 'node:fs';
import path from 'node:path';

const folder = path.join(process.cwd(), 'test', 'fixtures', 'yaml');

function lines<T>(name: string): T[] {
  const text = fs.readFileSync(path.join(folder, name), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

/** Manifests as people write them. */
export function documents(): string[] {
  return lines('documents.jsonl');
}

/** Texts with what the YAML reader of a cluster says: nothing, or why it refuses them. */
export function verdicts(): { readonly id: string; readonly text: string; readonly refused?: string }[] {
  return lines('verdicts.jsonl');
}

/** Texts with the value that go-yaml gives them, or why it refuses them. */
export function goValues(): {
  readonly text: string;
  readonly json?: unknown;
  readonly refused?: string;
}[] {
  return lines('go-values.jsonl');
}

/** Numbers between 0 and 1, the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function pickFrom(dice: () => number): <T>(items: readonly T[]) => T {
  return (items) => items[Math.floor(dice() * items.length)]!;
}

/** The corners of YAML: each reads well, and looks different from what a formatter would write. */
export const oddDocuments: readonly string[] = [
  '',
  '# only a comment\n',
  '~\n',
  "''\n",
  'a: b',
  '\uFEFFa: b\n',
  'a: b\r\nc:\r\n  - d # e\r\n  -\r\n  - "f\r\n    g"\r\n',
  '%YAML 1.2\n---\na: b\n...\n',
  '# head\n--- # first\na: b\n--- \n',
  'a: # c\n  - b # d\n  # e\n  -\n\n  - c:\n#x\n',
  'a:\n  # c\n\n  b: c\n\n  # d\ne: {\n  f: g # h\n  , i: j\n  }\n',
  'x: &a [*a, *b]\ny: *a\n',
  'x: &a {b: 1}\ny:\n  <<: *a\n  c: *a\nz:\n  <<: [*a, {d: 2}]\n',
  '&k a: &v\n  !!map\n  ? x\n  : y\n',
  'a: !<tag:yaml.org,2002:str> 5\nb: !local x\nc: !!str\nd: &e\nf: !t &g\n  h: i\n',
  '{a: &x , b: !!str }\n',
  'a: |\n  x \n\n# c\nb: >-\n',
  'a: |2-\n   x\n  y\n\nb: >+ # c: | x\n  z\n\n\n#c\nd: e\n',
  '- |\n a\n-\n  |-\n  b\n- ? |\n    k\n  : v\n',
  '- >\n folded\n text\n\n  more\n indented\n\n- |+\n kept\n\n',
  "a: \"x\n  y \\\n  z\"\nb: 'it''s\n\n  two'\nc: x\n  y\n\n  z # c\n",
  'a: "\\x41\\u00e9\\t\\"" # escapes\n"b": \'c\'\n',
  '- - a\n  - b\n-   c: d\n    e:\n- - - f\n',
  'a:\n- b\n-\nc:\n',
  'a : b\n"c" : d\n\'e\': [f: g, "h":i]\n',
  '? a\n? b\n: c\n: d\n',
  '? - a\n  - b\n: - c\n',
  'a: [x: y, {b: c}: d, ? e : f]\n',
  '[&a {a: b}: c]\n',
  '{a, b: , : c}\n',
  '{? a : b, ? c, ? }\n',
  '[? a, ? ]\n',
  '[\n# c\na, # d\n]\n',
  '{"a":"b","c":[1,2,],"d":{}}',
  'é: ü\n日本: [語, 😀]\n"\\u263A": ☺\n',
  'a: yes\nb: 0o17\nc: 1_000\nd: 12:30\ne: ~\nf: .5\ng: 1e3\nh: 2026-01-01\n',
  'a:\tb\nc: "d"\t# e\nf: [g, h]\n',
  'url: http://a:80/b?c#d\nstar: "*"\nat: a@b\npercent: 5%\ndash: -a\n',
];
