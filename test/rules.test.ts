import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Engine } from '../server/src/engine/engine';
import { rules } from '../server/src/engine/rules/index';
import { ownRules } from '../server/src/engine/rules/own-rules';
import { type IstioVersion, istioVersions } from '../server/src/engine/schema/versions';
import { applyEdits } from '../server/src/engine/text/edit';
import { defaultSettings } from '../server/src/engine/workspace/settings';
import { readMarkers, splitFiles, writeMarkers } from './support/markers';
import { type Example, pageExamples, pages, ruleOf } from './support/pages';

const rulesDir = 'server/src/engine/rules';
const documented = [...rules, ...ownRules].map((rule) => rule.name);

suite('rule pages', () => {
  for (const example of pageExamples(rulesDir)) {
    test(`${example.rule}.md:${example.line}`, () => check(example));
  }
});

test('every rule has a page, and every page a rule', () => {
  const names = pages(rulesDir).map((page) => ruleOf(rulesDir, page));
  assert.deepEqual(names, [...documented].sort());
});

test('every page shows what is reported and what is not', () => {
  const examples = [...pageExamples(rulesDir)];
  for (const name of documented) {
    const own = examples.filter((it) => it.rule === name).map((it) => readMarkers(it.source).expected.length);
    assert.ok(
      own.some((count) => count > 0),
      `${name}.md shows no finding`,
    );
    assert.ok(
      own.some((count) => count === 0),
      `${name}.md shows no example without a finding`,
    );
  }
});

function targetOf(options: readonly string[]): { readonly targetVersion?: IstioVersion } {
  const targetVersion = istioVersions.find((it) => options.includes(`istio-${it}`));
  return targetVersion ? { targetVersion } : {};
}

/** The only function here that knows the engine's API. Pages show the findings of their own rule alone. */
function check({ rule, source, options, fixed }: Example): void {
  const engine = new Engine(
    {
      ...defaultSettings,
      single: !options.includes('folders'),
      scope: {
        ...defaultSettings.scope,
        closedWorld: options.includes('closed'),
        profile: (['strict', 'istioctl'] as const).find((it) => options.includes(it)) ?? 'recommended',
        stockGateway: !options.includes('no-stock'),
        ...targetOf(options),
      },
    },
    rules,
  );
  const marked = [...splitFiles(source)].map(([path, text]) => ({ uri: path, path, ...readMarkers(text) }));
  engine.change(marked.map(({ uri, path, text }) => ({ uri, path, text })));

  const own = marked.flatMap(({ uri }) => engine.diagnostics(uri).filter((it) => it.code === rule));
  const shown = marked.map((it) => {
    const found = engine.diagnostics(it.uri).filter((diagnostic) => diagnostic.code === rule);
    return [it.path, writeMarkers(it.text, found)];
  });
  const wanted = marked.map((it) => [it.path, writeMarkers(it.text, it.expected)]);
  assert.deepEqual(shown, wanted);

  if (fixed !== undefined) {
    for (const { finding } of own) {
      const fixes = [...engine.fixes(finding), ...engine.routeFixes(finding)];
      const fix = fixes.find((it) => it.preferred) ?? fixes[0];
      engine.change(
        [...(fix?.edits ?? [])].map(([uri, edits]) => ({
          uri,
          path: uri,
          text: applyEdits(engine.file(uri)?.text ?? '', edits),
        })),
      );
    }
    const after = marked.map(({ uri, path }) => [path, engine.file(uri)?.text]);
    assert.deepEqual(after, [...splitFiles(fixed)]);
  }
}
