import assert from 'node:assert/strict';
import { commands, window } from 'vscode';
import { after, replace } from '../support/edits';
import { shows, tabsOf } from '../support/panels';
import { until } from '../support/until';
import { click, focus, press, screenshot, textOf, type } from '../support/window';
import { openFile, ready } from '../support/workspace';

/** The verdicts of all rows, in order. Without a filter the whole workspace has many. */
const verdictsAre = (...verdicts: readonly string[]): Promise<true> => {
  const shown = `[...document.querySelectorAll('td.state')].map((it) => it.textContent).join()`;
  return shows(`${shown} === ${JSON.stringify(verdicts.join())}`);
};

const filter = async (text: string): Promise<void> => {
  await focus({ webview: true, selector: 'input' });
  await press('Control+A');
  await type(text);
};

const front = (matches: (path: string) => boolean): Promise<true> =>
  until('the editor', () => matches(window.activeTextEditor?.document.uri.path ?? '')).then(() => true);

suite('egress audit', function () {
  this.timeout(120_000);
  suiteSetup(ready);
  suiteTeardown(() => commands.executeCommand('workbench.action.closeAllEditors'));

  test('lists the ways out, those round the gateway first', async () => {
    await openFile('notes-yaml/virtual-service.yaml');
    await commands.executeCommand('istioEgress.audit');
    await until('a panel', () => tabsOf('audit').length === 1);
    await shows(`document.querySelectorAll('td.state').length > 10`);
    await screenshot('audit');
    await filter('edition.cnn.com default');
    await verdictsAre('direct', 'gateway');
    assert.match(await textOf({ webview: true, selector: '.enforcement' }), /ALLOW_ANY/);
  });

  test('a click leads to the line that decided', async () => {
    await click({ webview: true, selector: 'td.places .link' });
    await front((it) => it.endsWith('notes-yaml/service-entry.yaml'));
    const editor = window.activeTextEditor!;
    assert.match(editor.document.lineAt(editor.selection.start.line).text, /number: 443/);
    assert.equal(tabsOf('audit').length, 1);
  });

  test('shows what someone looks for, by mouse and by key', async () => {
    await commands.executeCommand('istioEgress.audit');
    await click({ webview: true, selector: 'button:text-is("gateway")' });
    await verdictsAre('gateway');
    await focus({ webview: true, selector: 'button[aria-pressed="true"]' });
    await press('Enter');
    await verdictsAre('direct', 'gateway');
    await filter('edition.cnn.com default 443');
    await verdictsAre('direct');
    await filter('edition.cnn.com default');
    await verdictsAre('direct', 'gateway');
  });

  test('follows the text', async () => {
    const { document } = await openFile('notes-yaml/service-entry.yaml');
    const range = document.getWordRangeAtPosition(after(document, 'resolution: DN'))!;
    await replace(document.uri, range, 'NONE');
    await commands.executeCommand('istioEgress.audit');
    await verdictsAre('direct', 'broken');
    await openFile('notes-yaml/service-entry.yaml');
    await commands.executeCommand('undo');
    await document.save();
    await commands.executeCommand('istioEgress.audit');
    await verdictsAre('direct', 'gateway');
  });

  test('leads to the trace of a request', async () => {
    await click({ webview: true, selector: 'button:text-is("Trace")' });
    await until('a trace', () => tabsOf('trace').length === 1);
    await window.tabGroups.close(tabsOf('trace'));
    await commands.executeCommand('istioEgress.audit');
    await verdictsAre('direct', 'gateway');
  });

  test('becomes a document that nobody has to save', async () => {
    await click({ webview: true, selector: 'button:text-is("Export Markdown")' });
    const document = await until('the report', () => {
      const editor = window.activeTextEditor;
      return editor?.document.isUntitled && editor.document;
    });
    assert.equal(document.languageId, 'markdown');
    assert.match(document.getText(), /^# Egress audit\n/);
    assert.match(document.getText(), /notes-yaml\/service-entry\.yaml:\d+:\d+/);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
