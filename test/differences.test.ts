import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import type { Diagnostic } from '../server/src/engine/diagnostic';
import { Engine } from '../server/src/engine/engine';
import { rules } from '../server/src/engine/rules/index';
import { type Rule, withoutIstioctl } from '../server/src/engine/rules/rule';
import { defaultSettings } from '../server/src/engine/workspace/settings';
import type { Profile } from '../server/src/engine/workspace/view';
import { readMarkers, splitFiles } from './support/markers';
import { pageExamples } from './support/pages';

const page = readFileSync('docs/differences-from-istioctl.md', 'utf8');
const rulesDir = 'server/src/engine/rules';
const examples = [...pageExamples(rulesDir)];
const profilesOf = (rule: Rule): readonly Profile[] => rule.profiles ?? withoutIstioctl;
const named = (name: string): Rule | undefined => rules.find((it) => it.name === name);

/** A line of a table: what istioctl has, and what the page says of it. */
interface Row {
  readonly code: string;
  readonly rule: string;
  readonly cells: readonly string[];
}

const notRepeated = rowsUnder('Not repeated');
const saidByOurs = rowsUnder('Said by rules of ours');
const leftOutInPart = rowsUnder('Left out in part');
const otherSeverity = rowsUnder('Another severity');

suite('differences from istioctl', () => {
  test('in the profile istioctl run the rules of its folder and no others', () => {
    const there = rules.filter((it) => profilesOf(it).includes('istioctl')).map((it) => it.name);
    const folder = rules.filter((it) => it.name.startsWith('istioctl/')).map((it) => it.name);
    assert.deepEqual(there, folder);
  });

  test('the page names every rule of istioctl that recommended does not run, once', () => {
    const left = rules.filter(
      (it) => it.name.startsWith('istioctl/') && !profilesOf(it).includes('recommended'),
    );
    const rows = [...notRepeated, ...saidByOurs].map((it) => it.rule);
    assert.deepEqual(rows.toSorted(), left.map((it) => it.name).toSorted());
  });

  test('each code is the rule’s, and each reason is given', () => {
    for (const row of [...notRepeated, ...saidByOurs, ...otherSeverity]) {
      assert.equal(row.code, named(row.rule)?.istio, row.rule);
    }
    for (const row of [...notRepeated, ...saidByOurs, ...leftOutInPart, ...otherSeverity]) {
      assert.ok(row.cells.at(-2)!.length > 10, `${row.rule} has no reason`);
      assert.match(row.cells.at(-1)!, /^(?:–|`[\w~-]+`)$/, row.rule);
    }
  });

  for (const { rule } of notRepeated) {
    test(`${rule} is not repeated`, () => {
      const places = shown(rule);
      assert.ok(places.istioctl.length > 0);
      assert.deepEqual(places.both, []);
    });
  }

  for (const { code, rule, cells } of saidByOurs) {
    test(`${rule} is said by a rule of ours, and not everywhere`, () => {
      const ours = linksIn(cells[2]!);
      assert.deepEqual(
        ours.filter((it) => named(it)?.istio !== code || !profilesOf(named(it)!).includes('recommended')),
        [],
      );
      const places = shown(rule);
      assert.ok(places.both.length > 0, 'ours says it nowhere');
      assert.ok(places.istioctl.length > 0, 'ours says it everywhere');
    });
  }

  for (const { code, rule } of leftOutInPart) {
    test(`${rule} is left out in part`, () => {
      const count = (profile: Profile): number =>
        sources(rule)
          .flatMap((it) => run(it, profile))
          .filter((it) => it.code === rule && it.istio === code).length;
      assert.ok(count('istioctl') > count('recommended'));
    });
  }

  test('rules that ask for the profile are on the page', () => {
    const listed = new Set([...leftOutInPart, ...otherSeverity].map((it) => it.rule));
    const asking = rules.filter(
      (it) => it.name.startsWith('istioctl/') && source(it.name).includes('settings.profile'),
    );
    assert.deepEqual(
      asking.map((it) => it.name).filter((it) => !listed.has(it)),
      [],
    );
  });

  for (const rule of rules.filter(isInBoth)) {
    test(`${rule.name} is the same in both`, () => {
      const severities = (profile: Profile): string[] =>
        sources(rule.name).flatMap((it) =>
          run(it, profile)
            .filter((it) => it.code === rule.name)
            .map((it) => `${it.severity} ${it.subject?.name} ${it.message}`),
        );
      const isListed = otherSeverity.some((it) => it.rule === rule.name);
      const [ours, theirs] = [severities('recommended'), severities('istioctl')];
      assert.ok(ours.length > 0);
      if (isListed) {
        assert.notDeepEqual(ours, theirs);
      } else {
        assert.deepEqual(ours, theirs);
      }
    });
  }
});

function isInBoth(rule: Rule): boolean {
  return profilesOf(rule).length === 3 && !leftOutInPart.some((it) => it.rule === rule.name);
}

function source(rule: string): string {
  return readFileSync(`${rulesDir}/${rule}.ts`, 'utf8');
}

function rowsUnder(title: string): readonly Row[] {
  const section = page.split(/^## /m).find((it) => it.startsWith(`${title}\n`));
  assert.ok(section, `the page has no section "${title}"`);
  const rows = section.split('\n').filter((it) => it.startsWith('| IST'));
  return rows.map((line) => {
    const cells = line.slice(2, -2).split(' | ');
    return { code: cells[0]!, rule: linksIn(cells[1]!)[0]!, cells };
  });
}

function linksIn(cell: string): readonly string[] {
  return [...cell.matchAll(/\[([\w/-]+)\]\(/g)].map((it) => it[1]!);
}

/** Files that a rule has something to say of. */
interface Source {
  readonly text: string;
  readonly options: readonly string[];
}

function sources(rule: string): readonly Source[] {
  const fixture = `test/fixtures/differences/${rule}.yaml`;
  return existsSync(fixture)
    ? [...onPage(rule), { text: readFileSync(fixture, 'utf8'), options: [] }]
    : onPage(rule);
}

function onPage(rule: string): readonly Source[] {
  const own = examples.filter((it) => it.rule === rule);
  return own.map(({ source, options }) => ({ text: source, options }));
}

/** Where istioctl speaks by a rule: as places that `recommended` names with the same code, and those it does not. */
function shown(rule: string): { readonly both: readonly string[]; readonly istioctl: readonly string[] } {
  const places = sources(rule).flatMap((files) => {
    const said = new Set(run(files, 'recommended').map(placeOf));
    const own = run(files, 'istioctl').filter((it) => it.code === rule);
    return own.map((it) => ({ place: placeOf(it), isRepeated: said.has(placeOf(it)) }));
  });
  return {
    both: places.filter((it) => it.isRepeated).map((it) => it.place),
    istioctl: places.filter((it) => !it.isRepeated).map((it) => it.place),
  };
}

function placeOf({ istio, subject }: Diagnostic): string {
  return `${istio} ${subject?.kind} ${subject?.namespace}/${subject?.name}`;
}

function run({ text, options }: Source, profile: Profile): readonly Diagnostic[] {
  const stockGateway = !options.includes('no-stock');
  const scope = { ...defaultSettings.scope, closedWorld: options.includes('closed'), profile, stockGateway };
  const engine = new Engine({ ...defaultSettings, single: true, scope });
  const files = [...splitFiles(text)].map(([path, content]) => ({ path, text: readMarkers(content).text }));
  engine.change(files.map((it) => ({ ...it, uri: it.path })));
  return files.flatMap((it) => engine.diagnostics(it.path));
}
