// Runs every test of the project: npm test. Single stages: node scripts/test.mjs build unit
//
// Nothing here or in the stages may need node_modules before ensureDependencies() made it.
import { ensureDependencies } from './lib/dependencies.mjs';
import { Tally } from './lib/tally.mjs';
import { build, lint, types } from './stages/commands.mjs';
import { conformance } from './stages/conformance.mjs';
import { editor, vsix } from './stages/editor.mjs';
import { grammar } from './stages/grammar.mjs';
import { start } from './stages/start.mjs';
import { page, unit } from './stages/unit.mjs';

const stages = { types, lint, build, unit, grammar, conformance, page, start, editor, vsix };

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(stages, name));
if (unknown.length > 0) {
  console.error(`There is no stage "${unknown.join('", "')}". There are: ${Object.keys(stages).join(', ')}`);
  process.exit(2);
}

/** A stage that breaks counts as one failure, and the next one still runs. */
async function runStage(name) {
  const tally = new Tally();
  const start = Date.now();
  console.log(`\n${name}`);
  try {
    await stages[name](tally);
  } catch (error) {
    tally.fail(name, error instanceof Error ? error.message : String(error));
  }
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(`  ${tally.passed} passed, ${tally.failed} failed (${seconds} s)`);
  return tally;
}

const sum = { passed: 0, failed: 0 };
try {
  await ensureDependencies((text) => console.log(text));
  for (const name of wanted.length > 0 ? wanted : Object.keys(stages)) {
    const { passed, failed } = await runStage(name);
    sum.passed += passed;
    sum.failed += failed;
  }
} catch (error) {
  console.log(error.message);
  sum.failed++;
}
console.log(`\n${sum.passed} passed, ${sum.failed} failed`);
process.exit(sum.failed > 0 ? 1 : 0);
