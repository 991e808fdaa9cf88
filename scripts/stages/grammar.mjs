import path from 'node:path';
import { filesUnder } from '../lib/files.mjs';
import { inProject, project } from '../lib/project.mjs';
import { node } from '../lib/run.mjs';

/** The grammar over every annotated file; each file counts as one test. */
export async function grammar(tally) {
  const tool = inProject('node_modules/vscode-tmgrammar-test/dist/unit.js');
  const files = filesUnder(inProject('test', 'grammar'), (file) => /\.ya?ml$/.test(file));
  if (files.length === 0) {
    tally.fail('grammar', 'There is no file in test/grammar.');
  }
  // What the editor brings along and the grammar is injected into.
  const bases = filesUnder(inProject('test', 'grammar'), (file) => file.endsWith('.tmLanguage.json'));
  const grammars = bases.flatMap((file) => ['--grammar', path.relative(project, file)]);
  for (const file of files) {
    const name = path.relative(project, file);
    const { code, output } = await node(tool, ['--config', 'package.json', ...grammars, name]);
    if (code === 0) {
      tally.pass();
    } else {
      tally.fail(name, output);
    }
  }
}
