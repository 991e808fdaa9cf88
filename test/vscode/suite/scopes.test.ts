import assert from 'node:assert/strict';
import { type CodeAction, CodeActionKind, commands, languages, type Uri, window, workspace } from 'vscode';
import { writeFile } from '../support/edits';
import { hoverText } from '../support/hovers';
import { pause, until } from '../support/until';
import { screenshot } from '../support/window';
import { diagnosticsOf, inWorkspace, openFile, ready } from '../support/workspace';

const entry = (host: string) => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: twin
  namespace: stages
spec:
  hosts:
    - ${host}
  location: MESH_EXTERNAL
  ports:
    - number: 443
      name: tls
      protocol: TLS
  resolution: DNS
`;

const setting = () => workspace.getConfiguration('istioEgress').get<{ name: string }[]>('scopes', []);

suite('folders that are checked apart', () => {
  suiteSetup(async () => {
    await ready();
    await writeFile('stages [1]/dev/entry.yaml', entry('dev.example.com'));
    const { document } = await openFile('stages [1]/dev/entry.yaml');
    // Right after the start nobody watches the disk yet, so it may take a second time.
    await until('the server to hear of the other file', async () => {
      await writeFile('stages [1]/prod/entry.yaml', entry('prod.example.com'));
      await pause(1000);
      return languages.getDiagnostics(document.uri).length > 0;
    });
  });

  suiteTeardown(async () => {
    await workspace.getConfiguration('istioEgress').update('scopes', undefined);
    await commands.executeCommand('workbench.action.closeAllEditors');
    await workspace.fs.delete(inWorkspace('stages [1]'), { recursive: true });
    await until('findings of deleted files to go', () =>
      languages
        .getDiagnostics()
        .every(([uri, found]) => !uri.path.includes('/stages [1]/') || found.length === 0),
    );
  });

  test('are told of once, and the fix writes the setting where one can see it', async () => {
    const { document } = await openFile('stages [1]/dev/entry.yaml');
    const [finding] = await diagnosticsOf(document, (found) => codes(found).includes(separate));
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      finding!.range,
      CodeActionKind.QuickFix.value,
    );
    const { command, title } = actions.find((it) => it.command?.command === 'istioEgress.writeScopes')!;
    assert.match(title, /stages \[1\]\/dev, stages \[1\]\/prod/);
    await commands.executeCommand(command!.command, ...command!.arguments!);
    assert.deepEqual(
      setting()
        .map((it) => it.name)
        .filter((it) => it.startsWith('stages [1]/')),
      ['stages [1]/dev', 'stages [1]/prod'],
    );
    assert.equal(nameOf(window.activeTextEditor!.document.uri), 'settings.json');
    const line = window.activeTextEditor!.selection.active.line;
    assert.match(window.activeTextEditor!.document.lineAt(line).text, /"istioEgress\.scopes"/);
    await screenshot('written-scopes');
    await diagnosticsOf(document, (found) => !codes(found).includes(separate));
  });

  test('are named as written in the hover', async () => {
    const { document } = await openFile('stages [1]/dev/entry.yaml');
    await until('the scope', async () =>
      (await hoverText(document, 'dev.exam')).includes('Scope: `stages [1]/dev`'),
    );
  });
});

const separate = 'workspace/separate-scopes';

const codes = (found: readonly { readonly code?: unknown }[]): unknown[] =>
  found.map(({ code }) => (typeof code === 'object' && code ? (code as { value: unknown }).value : code));

const nameOf = ({ path }: Uri): string => path.slice(path.lastIndexOf('/') + 1);
