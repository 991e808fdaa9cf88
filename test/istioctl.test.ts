import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { Engine } from '../server/src/engine/engine';
import { defaultSettings } from '../server/src/engine/workspace/settings';
import { readMarkers, writeMarkers } from './support/markers';

const folder = 'test/fixtures/istioctl';

/** What is too dull for the pages. Each file is a cluster of its own, with the stock egress gateway. */
suite('the profile istioctl says of', () => {
  for (const name of readdirSync(folder)) {
    test(name.replace('.yaml', ''), () => {
      const file = join(folder, name);
      const source = readFileSync(file, 'utf8');
      const { text } = readMarkers(source);
      const shown = writeMarkers(text, diagnosticsOf(text));
      if (process.env.UPDATE) {
        writeFileSync(file, shown);
      } else {
        assert.equal(shown, source);
      }
    });
  }
});

/** What tells of sidecars and names of ports is not what these files are about. */
const beside = ['istioctl/namespace-not-injected', 'istioctl/image-auto-not-injected'];

function diagnosticsOf(text: string) {
  const scope = { ...defaultSettings.scope, profile: 'istioctl' as const };
  const engine = new Engine({ ...defaultSettings, single: true, scope });
  engine.change([{ uri: 'a.yaml', path: 'a.yaml', text }]);
  return engine.diagnostics('a.yaml').filter((it) => !beside.includes(it.code));
}
