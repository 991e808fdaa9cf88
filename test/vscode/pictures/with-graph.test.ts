import { ConfigurationTarget, commands } from 'vscode';
import { pictureInEveryTheme, set } from '../support/pictures';
import { pause, until } from '../support/until';
import { click, focus, inWebview, resize, type } from '../support/window';
import { openFile, ready } from '../support/workspace';

// Not a test of the product: `node scripts/pictures.mjs` takes the pictures of the README with it, these after the others.

suite('pictures of the graph', () => {
  suiteSetup(async () => {
    await ready();
    await resize(1400, 900);
    await set('editor.fontSize', undefined);
    await set('editor.lineHeight', undefined);
    await set('breadcrumbs.enabled', false);
    await set('workbench.activityBar.location', 'hidden');
    const scopes = [{ name: 'shop', include: ['broken/**'] }];
    await set('istioEgress.scopes', scopes, ConfigurationTarget.Workspace);
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('workbench.action.closeSidebar');
    await openFile('broken/past-the-gateway.yaml');
    await commands.executeCommand('istioEgress.openGraphToSide');
    await until('the graph', () =>
      inWebview<boolean>(`document.querySelectorAll('.node').length > 2`).catch(() => false),
    );
    const groups = [{ size: 0.34 }, { size: 0.66 }];
    await commands.executeCommand('vscode.setEditorLayout', { orientation: 0, groups });
    await focus({ webview: true, selector: 'input' });
    await type('example.net', 10);
    await pause(2000);
    await click({ webview: true, selector: '.picture .edge.bypass .badge' });
    await pause(2000);
  });

  pictureInEveryTheme('graph');
});
