import assert from 'node:assert/strict';
import {
  type CompletionList,
  commands,
  type Location,
  type LocationLink,
  type Position,
  Selection,
  type TextDocument,
} from 'vscode';
import { after, replace } from '../support/edits';
import { hoverText } from '../support/hovers';
import { until } from '../support/until';
import { press, screenshot } from '../support/window';
import { openFile, ready } from '../support/workspace';

const labels = async ({ uri }: TextDocument, at: Position): Promise<string[]> => {
  const list = await commands.executeCommand<CompletionList>('vscode.executeCompletionItemProvider', uri, at);
  return list.items.map((it) => (typeof it.label === 'string' ? it.label : it.label.label));
};

suite('completion, hover and navigation', () => {
  suiteSetup(ready);

  teardown(() => commands.executeCommand('workbench.action.files.revert'));

  test('a host of the scope is offered where a host is missing', async () => {
    const { document } = await openFile('notes-yaml/virtual-service.yaml');
    const end = after(document, 'hosts:\n  - ');
    await replace(document.uri, document.lineAt(end.line).range, '  - ');
    await until('the host', async () => (await labels(document, end)).includes('edition.cnn.com'));
  });

  test('a subset of the destination is offered, and the list is drawn', async () => {
    const editor = await openFile('notes-yaml/virtual-service.yaml');
    const { document } = editor;
    const at = after(document, 'subset: ');
    await replace(document.uri, document.getWordRangeAtPosition(at)!, '');
    await until('the subset', async () => (await labels(document, at)).includes('cnn'));
    editor.selection = new Selection(at, at);
    await press('Control+Space');
    await screenshot('completion-of-a-subset');
    await press('Escape');
  });

  test('a hover says what a host stands for', async () => {
    const { document } = await openFile('notes-yaml/virtual-service.yaml');
    const text = await hoverText(document, 'edition.cn');
    assert.match(text, /ServiceEntry/);
  });

  test('a subset leads to the DestinationRule that defines it', async () => {
    const { document } = await openFile('notes-yaml/virtual-service.yaml');
    assert.deepEqual(await definitions(document, after(document, 'subset: c')), ['destination-rule.yaml']);
  });

  test('a gateway leads to its document in the same Markdown file', async () => {
    const { document } = await openFile('notes/egress-notes.md');
    const at = after(document, 'gateways:\n  - istio-egress');
    assert.deepEqual(await definitions(document, at), ['egress-notes.md']);
  });
});

async function definitions({ uri }: TextDocument, at: Position): Promise<string[]> {
  const found = await commands.executeCommand<(Location | LocationLink)[]>(
    'vscode.executeDefinitionProvider',
    uri,
    at,
  );
  const uris = found.map((it) => ('targetUri' in it ? it.targetUri : it.uri));
  return uris.map((it) => it.path.slice(it.path.lastIndexOf('/') + 1));
}
