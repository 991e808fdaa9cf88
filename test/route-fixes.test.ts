import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { Engine } from '../server/src/engine/engine';
import { applyEdits } from '../server/src/engine/text/edit';

const shapes: { readonly [folder: string]: string } = {
  'examples/notes': '.md',
  'examples/notes-script': '.sh',
  'examples/notes-yaml': '.yaml',
};

suite('a port that passes the gateway by can be sent through it', () => {
  for (const [folder, ending] of Object.entries(shapes)) {
    test(folder, () => {
      const uris = readdirSync(folder).map((name) => `${folder}/${name}`);
      const texts = new Map(
        uris.filter((it) => it.endsWith(ending)).map((it) => [it, readFileSync(it, 'utf8')]),
      );
      const engine = new Engine();
      engine.change([...texts].map(([uri, text]) => ({ uri, path: uri, text })));
      const found = [...texts.keys()].flatMap((uri) => engine.diagnostics(uri).map((it) => ({ uri, ...it })));
      assert.deepEqual(
        found.map((it) => it.code),
        ['service-entry/port-bypasses-gateway'],
      );

      const [fix, ...more] = engine.prover(found[0]!.uri).fixes(found[0]!.finding);
      assert.deepEqual([fix?.preferred, more], [false, []], 'nobody wrote that this port should pass it');
      for (const [uri, edits] of fix!.edits) {
        const fixed = applyEdits(texts.get(uri)!, edits);
        assert.ok(
          texts
            .get(uri)!
            .split('\n')
            .every((line) => fixed.includes(line)),
          'no line is lost',
        );
        engine.change([{ uri, path: uri, text: fixed }]);
      }
      assert.deepEqual(
        [...texts.keys()].flatMap((uri) => engine.diagnostics(uri)),
        [],
      );
    });
  }
});
