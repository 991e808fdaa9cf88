import assert from 'node:assert/strict';
import { commands, type Position, Selection, type TextEditor, window } from 'vscode';
import { after, replace } from '../support/edits';
import { has, shows, tabsOf } from '../support/panels';
import { until } from '../support/until';
import { click, focus, press, screenshot, textOf } from '../support/window';
import { inWorkspace, openFile, ready } from '../support/workspace';

const node = (id: string): string => `.node[data-id=${JSON.stringify(id)}]`;

const host = node('host edition.cnn.com');
const route = node('route VirtualService default/cnn-through-egress-gateway');

/** The line someone has landed on, once the file is in front. */
const landed = (file: string): Promise<string> =>
  until(`${file} in front`, () => {
    const editor = window.activeTextEditor;
    return editor?.document.uri.path.endsWith(file) && lineOf(editor);
  });

const lineOf = ({ document, selection }: TextEditor): string =>
  document.lineAt(selection.start.line).text.trim();

function putCursor(editor: TextEditor, text: string): void {
  const at: Position = after(editor.document, text);
  editor.selection = new Selection(at, at);
}

suite('egress graph', function () {
  this.timeout(120_000);
  suiteSetup(ready);
  suiteTeardown(() => commands.executeCommand('workbench.action.closeAllEditors'));

  test('opens beside the editor, which keeps the focus', async () => {
    await openFile('notes-yaml/virtual-service.yaml');
    await commands.executeCommand('istioEgress.openGraphToSide');
    await until('a panel', () => tabsOf('graph').length === 1);
    await shows(has(host));
    assert.ok(window.activeTextEditor?.document.uri.path.endsWith('virtual-service.yaml'));
  });

  test('a click on a node lands on its line', async () => {
    await click({ webview: true, selector: host });
    assert.match(await landed('notes-yaml/service-entry.yaml'), /number: (?:80|443)|edition\.cnn\.com/);
    assert.equal(tabsOf('graph').length, 1);
    await shows(has(`${host}.spot`));
  });

  test('a click on the edge past the gateway lands on the port, and tells why', async () => {
    await openFile('notes-yaml/virtual-service.yaml');
    const edge = '.edge.bypass[data-id$="host edition.cnn.com"]';
    await click({ webview: true, selector: `${edge} .badge` });
    assert.match(await landed('notes-yaml/service-entry.yaml'), /443|https/i);
    assert.match(await textOf({ webview: true, selector: '.details' }), /edition\.cnn\.com:443/);
    await screenshot('graph');
  });

  test('a key does what a click does', async () => {
    await focus({ webview: true, selector: route });
    await press('Enter');
    assert.match(await landed('notes-yaml/virtual-service.yaml'), /name: cnn-through-egress-gateway/);
  });

  test('the graph follows the cursor', async () => {
    const editor = await openFile('notes-yaml/virtual-service.yaml');
    putCursor(editor, 'name: cnn-through');
    await shows(has(`${route}.spot`));
    const entry = await openFile('notes-yaml/service-entry.yaml');
    putCursor(entry, 'kind: Service');
    await shows(has(`${host}.spot`));
  });

  test('the graph follows the text', async () => {
    const { document } = await openFile('notes-yaml/gateway.yaml');
    const end = after(document, 'edition.cnn.com');
    const range = document.getWordRangeAtPosition(end, /[\w.]+/)!;
    await replace(document.uri, range, 'edition.cnn.org');
    await shows(has('.edge.broken[data-id$="host edition.cnn.com"]'));
    await commands.executeCommand('undo');
    await shows(`!(${has('.edge.broken[data-id$="host edition.cnn.com"]')})`);
    await document.save();
  });

  test('another file in front brings its own scope', async () => {
    await openFile('notes/egress-notes.md');
    await until('its name in the tab', () => tabsOf('graph')[0]?.label.includes('egress-notes'));
    await shows(has(host));
  });

  test('opening it again keeps one panel', async () => {
    await openFile('notes-yaml/virtual-service.yaml');
    await commands.executeCommand('istioEgress.openGraphToSide');
    await commands.executeCommand('istioEgress.openGraphToSide');
    assert.equal(tabsOf('graph').length, 1);
  });

  test('what was chosen is still so after the page was hidden', async () => {
    await shows(has(host));
    await click({ webview: true, selector: 'button:text-is("Table")' });
    await shows(has('table'));
    const column = tabsOf('graph')[0]!.group.viewColumn;
    await window.showTextDocument(inWorkspace('README.md'), { viewColumn: column });
    await commands.executeCommand('workbench.action.closeActiveEditor');
    await shows(has('table'));
  });
});
