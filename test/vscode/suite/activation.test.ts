import assert from 'node:assert/strict';
import { commands, extensions, languages } from 'vscode';
import { until } from '../support/until';
import { screenshot } from '../support/window';
import { openFile, ready } from '../support/workspace';

const extension = () => extensions.getExtension('istio-egress.istio-egress')!;

suite('activation', () => {
  test('the extension is here and asleep until a file needs it', () => {
    assert.ok(extension(), 'the extension is not installed');
    assert.equal(extension().isActive, false);
  });

  test('a Markdown file wakes it', async () => {
    await openFile('notes/egress-notes.md');
    await until('activation', () => extension().isActive);
  });

  test('it wakes on YAML and on scripts, not on every JSON file', () => {
    const events: string[] = extension().packageJSON.activationEvents;
    const wakers = events.filter((it) => it.startsWith('onLanguage:'));
    assert.deepEqual(wakers, [
      'onLanguage:yaml',
      'onLanguage:helm',
      'onLanguage:markdown',
      'onLanguage:shellscript',
    ]);
  });

  test('the server reads the workspace', async () => {
    await ready();
  });

  test('every command of the manifest exists', async () => {
    const declared: { command: string }[] = extension().packageJSON.contributes.commands;
    const known = await commands.getCommands(true);
    assert.ok(declared.length > 0);
    assert.deepEqual(
      declared.map((it) => it.command).filter((it) => !known.includes(it)),
      [],
    );
  });

  test('the log opens', async () => {
    await commands.executeCommand('istioEgress.showLog');
    await screenshot('log');
    await commands.executeCommand('workbench.action.closePanel');
  });

  test('the server starts again and still answers', async () => {
    await commands.executeCommand('istioEgress.restartServer');
    await ready();
    assert.deepEqual(await languages.getLanguages().then((all) => all.includes('yaml')), true);
  });
});
