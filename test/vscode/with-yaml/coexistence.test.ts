import assert from 'node:assert/strict';
import { commands, type DocumentSymbol, extensions } from 'vscode';
import { openFile, ready } from '../support/workspace';

suite('beside another YAML extension', () => {
  test('the outline of a YAML file comes from the other one alone', async () => {
    assert.ok(extensions.getExtension('redhat.vscode-yaml'), 'the other extension is not here');
    const { document } = await openFile('notes-yaml/gateway.yaml');
    await ready();
    const symbols = await commands.executeCommand<DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.deepEqual(
      symbols.map((it) => it.name),
      ['stub'],
    );
  });
});
