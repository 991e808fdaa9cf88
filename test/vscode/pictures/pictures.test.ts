import assert from 'node:assert/strict';
import { type CodeAction, commands, Range, Selection, workspace } from 'vscode';
import { after, writeFile } from '../support/edits';
import { set, themes } from '../support/pictures';
import { pause, until } from '../support/until';
import { press, resize, screenshot, textOf } from '../support/window';
import { diagnosticsOf, openFile, ready } from '../support/workspace';

// Not a test of the product: `node scripts/pictures.mjs` takes the pictures of the README with it.

const entry = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: search
  namespace: shop
spec:
  hosts:
    - search.example.com
  location: MESH_EXTERNAL
  ports:
    - number: 443
      name: tls
      protocol: TLS
  resolution: DNS
`;

suite('pictures for the README', () => {
  suiteSetup(async () => {
    await ready();
    await resize(1120, 700);
    await set('editor.minimap.enabled', false);
    await set('editor.stickyScroll.enabled', false);
    await set('window.commandCenter', false);
    await commands.executeCommand('notifications.clearAll');
  });

  for (const [name, theme] of Object.entries(themes)) {
    test(`diagnostics, ${name}`, async () => {
      await set('workbench.colorTheme', theme);
      const editor = await openFile('broken/host-not-served.yaml');
      const [finding] = await diagnosticsOf(editor.document);
      const { start } = finding!.range;
      editor.selection = new Selection(start, start);
      await commands.executeCommand('revealLine', { lineNumber: start.line - 5, at: 'top' });
      await commands.executeCommand('editor.action.showHover');
      await until('the hover', async () =>
        (await textOf({ selector: '.monaco-hover:visible' })).includes('server'),
      );
      await pause(500);
      await screenshot(`diagnostics-${name}`);
      await press('Escape');
    });
  }

  test('a generated route', async () => {
    await set('workbench.colorTheme', themes.light);
    await resize(900, 780);
    await set('editor.fontSize', 11);
    await set('editor.lineHeight', 15);
    await commands.executeCommand('workbench.action.closeSidebar');
    await writeFile('route/kustomization.yaml', 'resources:\n  - search.yaml\n');
    await writeFile('route/search.yaml', entry);
    const { document } = await openFile('route/search.yaml');
    const at = after(document, 'kind: Service');
    const [action] = await until('the action', async () => {
      const found = await commands.executeCommand<CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        new Range(at, at),
        'refactor.rewrite.egressRoute',
      );
      return found.length > 0 && found;
    });
    assert.ok(await workspace.applyEdit(action!.edit!));
    await document.save();
    await commands.executeCommand('revealLine', { lineNumber: 8, at: 'top' });
    await pause(500);
    await screenshot('generate');
  });
});
