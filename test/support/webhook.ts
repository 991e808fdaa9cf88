import assert from 'node:assert/strict';
import { type Inspection, Inspector } from '../../server/src/engine/admission/inspect';
import { readSource } from '../../server/src/engine/source/read-source';
import { spanAt } from '../../server/src/engine/yaml/walk';
import { readMarkers, writeMarkers } from './markers';
import { head, type NamedTest, type RuleCase } from './structure';

interface Options {
  /** Read as a chart's template. */
  readonly template?: boolean;
  readonly patch?: boolean;
}

export function inspect(text: string, { template = false, patch = false }: Options = {}): Inspection {
  const options = { templates: true, maxLength: Number.POSITIVE_INFINITY };
  const file = readSource('a.yaml', template ? 'helm' : 'yaml', text, options);
  return new Inspector().inspect(file.entries[0]!.document, patch);
}

/** The text with marks for what is told of its spec, of whatever severity. */
export function marked(text: string, options: Options = {}): string {
  const file = readSource('a.yaml', options.template ? 'helm' : 'yaml', text, {
    templates: true,
    maxLength: Number.POSITIVE_INFINITY,
  });
  const { root } = file.entries[0]!.document.yaml;
  const spans = inspect(text, options).findings.flatMap(({ layer, at, code, message, istioctlOnly }) => {
    assert.ok('path' in at);
    return layer === 'istiod' && at.path[0] === 'spec' && !istioctlOnly
      ? [{ span: spanAt(root, at.path, at.part), code, message }]
      : [];
  });
  return writeMarkers(text, spans);
}

/** Compares what istiod says with the marks in `source`. */
export function check(source: string, options: Options = {}): void {
  assert.equal(marked(readMarkers(source).text, options), source);
}

/** The tests of cases by name. What is taken has no finding of any layer. */
export function casesOf(cases: { readonly [name: string]: RuleCase }): NamedTest[] {
  return Object.entries(cases).flatMap(([name, { kind, bad, good }]) => [
    { name: `${name}: told`, run: () => check(head(kind) + bad) },
    ...good.map((spec) => ({
      name: `${name}: not told: ${spec}`,
      run: () => assert.deepEqual(inspect(head(kind) + spec).findings, []),
    })),
  ]);
}
