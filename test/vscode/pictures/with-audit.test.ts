import { ConfigurationTarget, commands } from 'vscode';
import { pictureInEveryTheme, set } from '../support/pictures';
import { until } from '../support/until';
import { inWebview, resize } from '../support/window';
import { openFile, ready } from '../support/workspace';

// Not a test of the product: `node scripts/pictures.mjs` takes the pictures of the README with it.

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

  pictureInEveryTheme('audit');
});
