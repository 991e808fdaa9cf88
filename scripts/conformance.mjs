// How far the engine agrees with Istio's own code, from input that tells nothing else.
//
//   npm run conformance                                        the corpora in test/conformance
//   npm run conformance -- --cases F --verdicts F              another one; its cases may have requests
//
// Prints the figures and the first cases of each kind that are answered otherwise.
import { parseArgs } from 'node:util';
import { readCorpus } from './conformance/corpus.mjs';
import { documentScores, printScores, trafficScores } from './conformance/score.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { inProject } from './lib/project.mjs';
import { must } from './lib/run.mjs';

const { values } = parseArgs({ options: { cases: { type: 'string' }, verdicts: { type: 'string' } } });
if ((values.cases === undefined) !== (values.verdicts === undefined)) {
  console.error('--cases and --verdicts belong together');
  process.exit(2);
}
await ensureDependencies((text) => console.log(text));
await must(process.execPath, ['esbuild.mjs']);

const own = (name) => ({
  cases: inProject('test', 'conformance', name, 'cases.jsonl.gz'),
  verdicts: inProject('test', 'conformance', name, 'verdicts.jsonl.gz'),
});
for (const [name, files] of values.cases
  ? [['corpus', values]]
  : [
      ['admission', own('admission')],
      ['traffic', own('traffic')],
    ]) {
  const corpus = readCorpus(files.cases, files.verdicts);
  console.log(`\n${name}: ${corpus.cases.length} cases`);
  const hasRequests = corpus.cases.some((it) => (it.calls ?? []).length > 0);
  printScores(await (hasRequests ? trafficScores(corpus) : documentScores(corpus)));
}
