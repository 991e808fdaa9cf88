// Builds the extension and packs it: npm run package [-- --out FILE] [-- --no-build]
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './lib/dependencies.mjs';
import { packageExtension } from './lib/package-extension.mjs';
import { inProject } from './lib/project.mjs';
import { must } from './lib/run.mjs';

const manifest = JSON.parse(fs.readFileSync(inProject('package.json'), 'utf8'));
const { values } = parseArgs({ options: { out: { type: 'string' }, 'no-build': { type: 'boolean' } } });
const out = values.out ?? inProject(`${manifest.name}-${manifest.version}.vsix`);

await ensureDependencies(console.log);
if (!values['no-build']) {
  await must(process.execPath, ['esbuild.mjs']);
}
await packageExtension({ out });
console.log(`${out} (${Math.round(fs.statSync(out).size / 1024)} KB)`);
