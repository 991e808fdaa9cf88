import assert from 'node:assert/strict';
import { type CodeAction, commands, DiagnosticSeverity, languages, Range, type Uri, workspace } from 'vscode';
import { after, writeFile } from '../support/edits';
import { hoverText } from '../support/hovers';
import { pause, until } from '../support/until';
import { screenshot } from '../support/window';
import { diagnosticsOf, inWorkspace, openFile, ready } from '../support/workspace';

const entry = `# Only the host is known so far.
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: search
  namespace: lonely
spec:
  hosts:
    - search.example.com
  location: MESH_EXTERNAL
  ports:
    - number: 80
      name: http
      protocol: HTTP
  resolution: DNS
`;

const routeActions = async (uri: Uri, range: Range): Promise<CodeAction[]> =>
  await commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    'refactor.rewrite.egressRoute',
  );

/** Everything the document is accused of from now on, even for a moment. */
function recordMessages(uri: Uri): () => string[] {
  const messages = new Set<string>();
  const watching = languages.onDidChangeDiagnostics(() => {
    for (const { message } of languages.getDiagnostics(uri)) {
      messages.add(message);
    }
  });
  return () => {
    watching.dispose();
    return [...messages];
  };
}

suite('generate egress route', () => {
  suiteSetup(async () => {
    await ready();
    await writeFile('lonely/service-entry.yaml', entry);
    const { document } = await openFile('lonely/service-entry.yaml');
    // Right after the start nobody watches the disk yet, so it may take a second time.
    await until('a scope of its own', async () => {
      await writeFile('lonely/kustomization.yaml', 'resources:\n  - service-entry.yaml\n');
      await pause(1000);
      return (await hoverText(document, 'search.exam')).includes('Scope: `lonely`');
    });
  });

  suiteTeardown(() => workspace.fs.delete(inWorkspace('lonely'), { recursive: true }));

  test('completes a lone ServiceEntry, and the result has no finding', async () => {
    const { document } = await openFile('lonely/service-entry.yaml');
    await diagnosticsOf(document, () => true);
    const at = after(document, 'kind: Service');
    const actions = await until('an action', async () => {
      const found = await routeActions(document.uri, new Range(at, at));
      return found.length > 0 && found;
    });
    assert.ok(actions[0]!.edit, 'the action holds no edit');
    const told = recordMessages(document.uri);
    assert.ok(await workspace.applyEdit(actions[0]!.edit));
    await until('the route', () => document.getText().includes('kind: VirtualService'));
    assert.ok(
      document.getText().startsWith(entry.slice(0, entry.indexOf('spec:'))),
      'what was there has changed',
    );
    await diagnosticsOf(document, (found) =>
      found.every((it) => it.severity > DiagnosticSeverity.Information),
    );
    await screenshot('generated-route');
    assert.deepEqual(told(), [], 'the finished route was accused for a moment');
    await document.save();
  });

  test('offers nothing more on the finished route', async () => {
    const { document } = await openFile('lonely/service-entry.yaml');
    const at = after(document, 'kind: Service');
    assert.deepEqual(
      (await routeActions(document.uri, new Range(at, at))).map((it) => it.title),
      [],
    );
  });
});
