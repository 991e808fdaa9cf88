import assert from 'node:assert/strict';
import { type CodeLens, commands, Selection, window } from 'vscode';
import { after, replace } from '../support/edits';
import { has, shows, tabsOf } from '../support/panels';
import { until } from '../support/until';
import { click, focus, hover, press, screenshot, textOf, type } from '../support/window';
import { openFile, ready } from '../support/workspace';

const says = (text: string): string => `document.body.textContent.includes(${JSON.stringify(text)})`;

const input = '.quick-input-widget:visible';
const question = async (step: number): Promise<void> => {
  await until(`question ${step}`, async () =>
    (await textOf({ selector: `${input} .quick-input-title` })).includes(`(${step}/2)`),
  );
  await focus({ selector: `${input} .quick-input-box input` });
};
const list = (): Promise<string> => textOf({ selector: `${input} .quick-input-list` });

suite('Trace Request…', function () {
  this.timeout(120_000);

  suiteSetup(async () => {
    await ready();
    await commands.executeCommand('workbench.action.closeAllEditors');
  });
  suiteTeardown(() => commands.executeCommand('workbench.action.closeAllEditors'));

  test('judges a request while it is typed, and follows it beside the editor', async () => {
    await openFile('notes-yaml/virtual-service.yaml');
    const done = commands.executeCommand('istioEgress.traceRequest');
    await question(1);
    await type('ftp://edition.cnn.com');
    await until('a complaint', async () => (await list()).includes('Not a request yet'));
    await screenshot('trace-complaint');
    await press('Enter');
    await question(1);
    await press('Control+A');
    await type('http://edition.cnn.com/x');
    await until('the request', async () => (await list()).includes('as typed'));
    await press('Enter');
    await question(2);
    await type('default');
    await press('Enter');
    await done;
    await until('a panel', () => tabsOf('trace').length === 1);
    await shows(has('.step.gateway'));
    assert.ok(window.activeTextEditor?.document.uri.path.endsWith('virtual-service.yaml'));
    await screenshot('trace');
  });

  test('leads to the line that decided, by mouse and by key', async () => {
    const landed = (file: string): Promise<true> =>
      until(`${file} in front`, () => window.activeTextEditor?.document.uri.path.endsWith(file) || false);
    await click({ webview: true, selector: '.step.gateway .decisions .link' });
    await landed('notes-yaml/gateway.yaml');
    await focus({ webview: true, selector: '.step.sidecar .decisions .link' });
    await press('Enter');
    await landed('notes-yaml/virtual-service.yaml');
  });

  test('follows the text', async () => {
    const { document } = await openFile('notes-yaml/gateway.yaml');
    const range = document.getWordRangeAtPosition(after(document, 'edition.cnn.com'), /[\w.]+/)!;
    await replace(document.uri, range, 'edition.cnn.org');
    await shows(has('.step.end.broken'));
    await commands.executeCommand('undo');
    await shows(has('.step.end.ok'));
    await document.save();
  });

  test('draws the way into the graph', async () => {
    await click({ webview: true, selector: '.way-head button' });
    await until('the graph', () => tabsOf('graph').length === 1);
    await shows('document.querySelectorAll(".edge.spot").length === 3');
    await screenshot('trace-in-graph');
    await Promise.all(tabsOf('graph').map((it) => window.tabGroups.close(it)));
  });

  test('remembers the request, which can be asked again and forgotten', async () => {
    await openFile('notes-yaml/virtual-service.yaml');
    await Promise.all(tabsOf('trace').map((it) => window.tabGroups.close(it)));
    const done = commands.executeCommand('istioEgress.traceRequest');
    await question(1);
    await until('the list', async () => (await list()).includes('http://edition.cnn.com/x'));
    await type('cnn.com/x');
    await until('what is wrong with that, below', async () => (await list()).includes('Not a request yet'));
    await press('Enter');
    await done;
    await until('a panel', () => tabsOf('trace').length === 1);
    await shows(says('http://edition.cnn.com/x'));
    const again = commands.executeCommand('istioEgress.traceRequest');
    await question(1);
    const row = `${input} .quick-input-list-entry:has-text("edition.cnn.com/x")`;
    await hover({ selector: row });
    await screenshot('trace-before');
    await click({ selector: `${row} .codicon-close` });
    await until('it is gone', async () => !(await list()).includes('http://edition.cnn.com/x'));
    await press('Escape');
    await again;
  });

  test('a line above a host opens the trace of its request', async () => {
    const editor = await openFile('notes-yaml/service-entry.yaml');
    const start = after(editor.document, 'kind: Service');
    editor.selection = new Selection(start, start);
    const lenses = await until('lenses', async () => {
      const found = await commands.executeCommand<CodeLens[]>(
        'vscode.executeCodeLensProvider',
        editor.document.uri,
        10,
      );
      return found.length === 2 && found.every((it) => it.command) && found;
    });
    assert.deepEqual(
      lenses.map((it) => it.command!.title),
      ['→ istio-egressgateway → edition.cnn.com:80', '→ past the gateway → edition.cnn.com:443'],
    );
    const { command, arguments: given = [] } = lenses[1]!.command!;
    await commands.executeCommand(command, ...given);
    await shows(says('https://edition.cnn.com'));
    await shows(has('.step.end.bypass'));
    const again = commands.executeCommand('istioEgress.traceRequest');
    await question(1);
    // The heading stands in the row of the first one below it.
    const last = `${input} .quick-input-list-entry:has-text("Traced before")`;
    await until('the request as the last one traced', async () =>
      (await textOf({ selector: last })).startsWith('https://edition.cnn.com'),
    );
    await press('Escape');
    await again;
  });
});
