import { ConfigurationTarget, commands, workspace } from 'vscode';
import { pictureInEveryTheme, set, themes } from '../support/pictures';
import { pause, until } from '../support/until';
import { inWebview, resize, screenshot, textOf } from '../support/window';
import { inWorkspace, openFile, ready } from '../support/workspace';

// Not a test of the product: `node scripts/pictures.mjs` takes the pictures of the README with it, these after the others.

suite('pictures of a trace', () => {
  suiteSetup(async () => {
    await ready();
    await resize(1240, 760);
    await set('editor.fontSize', undefined);
    await set('editor.lineHeight', undefined);
    await set('editor.minimap.enabled', false);
    await set('editor.stickyScroll.enabled', false);
    await set('window.commandCenter', false);
    await set('breadcrumbs.enabled', false);
    await set('workbench.activityBar.location', 'hidden');
    const scopes = [{ name: 'notes', include: ['notes-yaml/**'] }];
    await set('istioEgress.scopes', scopes, ConfigurationTarget.Workspace);
    await commands.executeCommand('notifications.clearAll');
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('workbench.action.closeSidebar');
    const { document } = await openFile('notes-yaml/virtual-service.yaml');
    const call = { from: { namespace: 'default' }, scheme: 'http', host: 'edition.cnn.com', port: 80 };
    const uri = document.uri.toString();
    await commands.executeCommand('istioEgress.traceRequest', { uri, call });
    await until('the trace', () =>
      inWebview<boolean>(`document.querySelectorAll('.step').length > 2`).catch(() => false),
    );
    const groups = [{ size: 0.54 }, { size: 0.46 }];
    await commands.executeCommand('vscode.setEditorLayout', { orientation: 0, groups });
    await openFile('notes-yaml/virtual-service.yaml');
    await until('lines above hosts', async () =>
      (await textOf({ selector: '.codelens-decoration:visible' })).includes('edition.cnn.com:80'),
    );
  });

  pictureInEveryTheme('trace');

  test('a gateway that has lost the host', async () => {
    await set('workbench.colorTheme', themes.light);
    const gateway = inWorkspace('notes-yaml/gateway.yaml');
    const text = new TextDecoder().decode(await workspace.fs.readFile(gateway));
    const changed = text.replace('edition.cnn.com', 'edition.cnn.org');
    await workspace.fs.writeFile(gateway, new TextEncoder().encode(changed));
    await until('a failure', () => inWebview<boolean>(`document.querySelector('.end.broken') !== null`));
    await pause(1500);
    await screenshot('trace-fails');
    await workspace.fs.writeFile(gateway, new TextEncoder().encode(text));
  });
});
