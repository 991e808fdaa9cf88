import { ConfigurationTarget, commands, workspace } from 'vscode';
import { pause, until } from '../support/until';
import { inWebview, resize, screenshot } from '../support/window';
import { openFile, ready } from '../support/workspace';

// Not a test of the product: `node scripts/pictures.mjs` takes the pictures of the README with it.

const set = (name: string, value: unknown, target = ConfigurationTarget.Global): Thenable<void> =>
  workspace.getConfiguration().update(name, value, target);

suite('pictures of the audit', () => {
  suiteSetup(async () => {
    await ready();
    await resize(1180, 760);
    const scopes = [{ name: 'shop', include: ['broken/**'] }];
    await set('istioEgress.scopes', scopes, ConfigurationTarget.Workspace);
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('workbench.action.closeSidebar');
    await openFile('broken/past-the-gateway.yaml');
    await commands.executeCommand('istioEgress.audit');
    await until('the audit', () =>
      inWebview<boolean>(`document.querySelectorAll('td.state').length > 10`).catch(() => false),
    );
  });

  suiteTeardown(() => commands.executeCommand('workbench.action.closeAllEditors'));

  for (const [name, theme] of [
    ['light', 'Default Light Modern'],
    ['dark', 'Default Dark Modern'],
    ['contrast', 'Default High Contrast'],
  ] as const) {
    test(name, async () => {
      await set('workbench.colorTheme', theme);
      await pause(2000);
      await screenshot(`audit-${name}`);
    });
  }
});
