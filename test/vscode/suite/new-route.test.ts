import assert from 'node:assert/strict';
import { commands, type Diagnostic, DiagnosticSeverity, window, workspace } from 'vscode';
import { writeFile } from '../support/edits';
import { until } from '../support/until';
import { click, focus, press, screenshot, textOf, type } from '../support/window';
import { diagnosticsOf, inWorkspace, openFile, ready } from '../support/workspace';

// The one that is gone stays in the page, unseen.
const input = '.quick-input-widget:visible';
const shown = (selector: string): Promise<string> => textOf({ selector: `${input} ${selector}` });

/** Waits for the question with this number, so that no key goes elsewhere. */
const question = async (step: number): Promise<void> => {
  await until(`question ${step}`, async () => (await shown('.quick-input-title')).includes(`(${step}/5)`));
  await focus({ selector: `${input} .quick-input-box input` });
};

const choose = async (step: number, text: string): Promise<void> => {
  await question(step);
  await type(text);
  await press('Enter');
};

suite('New Egress Route…', () => {
  suiteSetup(ready);

  teardown(() => commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  test('judges the host while it is typed, and goes back and forth', async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    const done = commands.executeCommand('istioEgress.newEgressRoute');
    await question(1);
    await type('*.example.com');
    await until('a complaint', async () => (await shown('.quick-input-message')).includes('many hosts'));
    await screenshot('new-route-complaint');
    await press('Enter');
    await question(1);
    await press('Control+A');
    await type('api.example.com');
    await until('no complaint', async () => !(await shown('.quick-input-message')).includes('many hosts'));
    await press('Enter');
    await question(2);
    await screenshot('new-route-patterns');
    await click({ selector: `${input} .codicon-quick-input-back` });
    await question(1);
    await press('Enter');
    await choose(2, 'TLS passthrough');
    await choose(3, 'istio-egressgateway');
    await choose(4, 'brand-new');
    await choose(5, 'unsaved');
    await done;
    const { document } = window.activeTextEditor!;
    assert.ok(document.isUntitled);
    assert.match(
      document.getText(),
      /kind: ServiceEntry[\s\S]*namespace: brand-new[\s\S]*kind: VirtualService/,
    );
    assert.match(document.getText(), /mode: PASSTHROUGH/);
    await diagnosticsOf(document, isFine);
    await screenshot('new-route-unsaved');
  });

  test('leaves without a trace when someone changes their mind', async () => {
    const before = workspace.textDocuments.length;
    const done = commands.executeCommand('istioEgress.newEgressRoute');
    await question(1);
    await press('Escape');
    await done;
    assert.equal(workspace.textDocuments.length, before);
  });

  test('writes a file for each object, beside a file that has the name already', async () => {
    await writeFile('fresh/README.md', '# Nothing here yet\n');
    await writeFile('fresh/api-example-com-service-entry.yaml', '# mine\n');
    await openFile('fresh/README.md');
    const done = commands.executeCommand('istioEgress.newEgressRoute');
    await question(1);
    await type('api.example.com');
    await press('Enter');
    await choose(2, 'TLS origination at the sidecar');
    await choose(3, 'No gateway');
    await choose(4, 'default');
    await choose(5, 'each object');
    await done;
    const files = (await workspace.fs.readDirectory(inWorkspace('fresh'))).map(([name]) => name);
    assert.deepEqual(files.sort(), [
      'README.md',
      'api-example-com-service-entry-2.yaml',
      'api-example-com-service-entry.yaml',
      'api-example-com-tls-origination.yaml',
    ]);
    const mine = await workspace.openTextDocument(inWorkspace('fresh/api-example-com-service-entry.yaml'));
    assert.equal(mine.getText(), '# mine\n');
    for (const file of files) {
      const document = await workspace.openTextDocument(inWorkspace(`fresh/${file}`));
      assert.equal(document.isDirty, false);
      await diagnosticsOf(document, isFine);
    }
    await commands.executeCommand('workbench.action.closeAllEditors');
    await workspace.fs.delete(inWorkspace('fresh'), { recursive: true });
  });

  test('shows what would change in a document that is there, and changes nothing unless it is approved', async () => {
    const { document } = await openFile('broken/mesh-missing.yaml');
    const before = document.getText();
    const done = commands.executeCommand('istioEgress.newEgressRoute');
    await question(1);
    await type('www.headlines.example.com');
    await press('Enter');
    await choose(2, 'HTTP and TLS');
    await choose(3, 'istio-egressgateway');
    await choose(4, 'shop');
    await choose(5, 'unsaved');
    await until('the preview', async () =>
      (await textOf({ selector: '.bulk-edit-panel' }).catch(() => '')).includes('mesh-missing.yaml'),
    );
    await screenshot('new-route-preview');
    await commands.executeCommand('refactorPreview.discard');
    await done;
    assert.equal(document.getText(), before);
  });
});

const isFine = (found: readonly Diagnostic[]): boolean =>
  found.every((it) => it.severity > DiagnosticSeverity.Warning);
