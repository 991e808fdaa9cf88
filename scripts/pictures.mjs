// Takes the pictures of the README anew: node scripts/pictures.mjs. Look at each before you commit it.
import fs from 'node:fs';
import path from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { inProject } from './lib/project.mjs';
import { must } from './lib/run.mjs';

const say = (text) => console.log(text);
const name = 'pictures';

await ensureDependencies(say);
await must(process.execPath, ['esbuild.mjs', '--tests']);
const { findHost } = await import('./vscode/host.mjs');
const host = await findHost(say);
const { report, outcome } = await host.run({ name, suites: name });
const failed = (report?.tests ?? []).filter((it) => it.state !== 'passed');
for (const { title, error } of failed) {
  say(`FAILED ${title}\n${error}`);
}
if (!report || failed.length > 0) {
  say(`no pictures: ${outcome}`);
  process.exitCode = 1;
} else {
  const shots = inProject('test-results', name, 'screenshots');
  const images = inProject('docs', 'images');
  fs.mkdirSync(images, { recursive: true });
  for (const file of fs.readdirSync(shots).filter((it) => it !== 'end.png')) {
    fs.copyFileSync(path.join(shots, file), path.join(images, file));
    say(`docs/images/${file}, ${Math.round(fs.statSync(path.join(images, file)).size / 1024)} KB`);
  }
}
