import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readSource } from '../../../server/src/engine/source/read-source';
import type { SourceEntry, SourceFile, SourceOptions } from '../../../server/src/engine/source/source';
import type { YamlNode, YamlScalar } from '../../../server/src/engine/yaml/node';

export const fixtureFolder = path.join(process.cwd(), 'test', 'fixtures', 'source');

export const options: SourceOptions = { templates: true, maxLength: 20_000_000 };

export interface Fixture {
  readonly name: string;
  readonly text: string;
  readonly file: SourceFile;
}

export function readFixture(name: string, text: string, with_ = options, previous?: SourceFile): SourceFile {
  const chartTemplate = name.endsWith('.helm.yaml');
  return readSource(`file:///w/${name}`, undefined, text, { ...with_, chartTemplate }, previous);
}

export function fixtures(): Fixture[] {
  return readdirSync(fixtureFolder)
    .filter((name) => !name.endsWith('.expected'))
    .map((name) => {
      const text = readFileSync(path.join(fixtureFolder, name), 'utf8');
      return { name, text, file: readFixture(name, text) };
    });
}

/** Everything a reader of a fixture wants to see of its documents, as text. */
export function describe(file: SourceFile): string {
  return file.entries.map((entry) => describeEntry(file.text, entry)).join('');
}

function describeEntry(text: string, { place, document }: SourceEntry): string {
  const { holes, partial, commandNamespace, yaml } = document;
  const facts = [
    `line ${text.slice(0, place.toFile(0)).split('\n').length}`,
    ...(partial ? [`partial ${partial}`] : []),
    ...(commandNamespace ? [`namespace ${commandNamespace}`] : []),
    ...(place.linePrefix ? [`prefix ${JSON.stringify(place.linePrefix)}`] : []),
    ...holes.map((it) => `hole ${JSON.stringify(text.slice(place.toFile(it.start), place.toFile(it.end)))}`),
    ...yaml.problems.map((it) => `problem ${it.code}`),
  ];
  const body = yaml.text.replace(/\r/g, '␍').replace(/\uFEFF/g, '␂');
  return `${facts.map((fact) => `@@ ${fact}\n`).join('')}${body}${body.endsWith('\n') ? '' : '⏎\n'}`;
}

export function scalarsOf(node: YamlNode | undefined): YamlScalar[] {
  switch (node?.type) {
    case 'scalar':
      return [node];
    case 'map':
      return node.pairs.flatMap((pair) => [...scalarsOf(pair.key), ...scalarsOf(pair.value)]);
    case 'seq':
      return node.items.flatMap(scalarsOf);
    default:
      return [];
  }
}

/** What holds for every file, however broken: documents in order, and places that lead there and back. */
export function assertConsistent(file: SourceFile): void {
  let before = -1;
  for (const { place, document } of file.entries) {
    const { length } = document.yaml.text;
    assert.ok(place.toFile(0) > before || length === 0);
    assert.ok(place.toFile(length) <= file.text.length);
    for (let offset = 0; offset <= length; offset += 7) {
      assert.equal(place.toDocument(place.toFile(offset)), offset);
    }
    before = place.toFile(Math.max(0, length - 1));
    let end = 0;
    for (const hole of document.holes) {
      assert.ok(hole.start >= end && hole.end > hole.start && hole.end <= length);
      end = hole.end;
    }
  }
}

/** A small seeded generator (mulberry32), so that a failure can be repeated. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
