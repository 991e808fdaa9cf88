import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { commands, languages, type Uri, workspace } from 'vscode';
import { pause, until } from '../support/until';
import { screenshot } from '../support/window';
import { diagnosticsOf, inWorkspace, openFile, ready } from '../support/workspace';

const entry = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: typed
  namespace: shop
spec:
  hosts:
    - typed.example.com
  location: MESH_EXTERNAL
  ports:
    - number: 443
      name: tls
      protocol: TLS
  resolution: DNS
`;

suite('typing', () => {
  const file = inWorkspace('broken/typed.yaml');
  const told = (): string => JSON.stringify([...findingsOf(isOther)]);
  const isOther = (uri: Uri): boolean => uri.toString() !== file.toString();

  suiteSetup(async () => {
    await ready();
    await openFile('broken/value-typo.yaml');
    await diagnosticsOf((await openFile('broken/mesh-missing.yaml')).document);
    await workspace.fs.writeFile(file, Buffer.alloc(0));
    // What other suites left behind on disk reaches the server a little later.
    await until('findings that stay', async () => {
      const before = told();
      await pause(1000);
      return told() === before;
    });
  });

  suiteTeardown(async () => {
    await commands.executeCommand('workbench.action.closeActiveEditor');
    await workspace.fs.delete(file);
  });

  test('a whole ServiceEntry, key by key, and no finding of another file flickers', async () => {
    const editor = await openFile('broken/typed.yaml');
    const before = findingsOf(isOther);
    const flickers: string[] = [];
    const watching = languages.onDidChangeDiagnostics(({ uris }) => {
      const others = uris.filter(isOther).map(String);
      flickers.push(...others.filter((it) => findingsOf(isOther).get(it) !== before.get(it)));
    });
    for (const key of entry) {
      const { document } = editor;
      const end = document.positionAt(document.getText().length);
      assert.ok(
        await editor.edit((edit) => edit.insert(end, key), { undoStopAfter: false, undoStopBefore: false }),
      );
    }
    await diagnosticsOf(editor.document, (found) => found.length === 0);
    await screenshot('typed-service-entry');
    watching.dispose();
    assert.ok(before.size > 0);
    assert.deepEqual(flickers, []);
    assert.equal(editor.document.getText(), entry);
    await editor.document.save();
  }).timeout(120_000);
});

function findingsOf(wanted: (uri: Uri) => boolean): Map<string, string> {
  return new Map(
    languages
      .getDiagnostics()
      .filter(([uri, found]) => wanted(uri) && found.length > 0)
      .map(([uri, found]) => [uri.toString(), JSON.stringify(found)]),
  );
}
