import assert from 'node:assert/strict';
import {
  type CodeAction,
  CodeActionKind,
  commands,
  DiagnosticSeverity,
  type TextDocument,
  type Uri,
  type WorkspaceEdit,
  workspace,
} from 'vscode';
import { after } from '../support/edits';
import { until } from '../support/until';
import { hover, screenshot, textOf } from '../support/window';
import { diagnosticsOf, openFile, ready } from '../support/workspace';

const quickFixes = async (document: TextDocument): Promise<CodeAction[]> => {
  const [finding] = await diagnosticsOf(document);
  return await commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    finding!.range,
    CodeActionKind.QuickFix.value,
  );
};

const isClean = (document: TextDocument) =>
  diagnosticsOf(document, (found) => found.every((it) => it.severity > DiagnosticSeverity.Warning));

suite('fixes, renames and the status', () => {
  suiteSetup(ready);

  teardown(() => commands.executeCommand('workbench.action.files.revert'));

  for (const [file, fixed] of [
    ['mesh-missing', /^ {4}- mesh$/m],
    ['gateway-not-bound', /^ {2}gateways:/m],
    ['field-typo', /^ {4}portLevelSettings:$/m],
    ['value-typo', /^ {2}resolution: DNS$/m],
  ] as const) {
    test(`the preferred quick fix mends ${file}.yaml`, async () => {
      const { document } = await openFile(`broken/${file}.yaml`);
      const before = document.getText();
      const actions = await quickFixes(document);
      const preferred = actions.find((it) => it.isPreferred) ?? actions[0];
      assert.ok(preferred?.edit, 'no fix is offered');
      assert.ok(await workspace.applyEdit(preferred.edit));
      await isClean(document);
      assert.match(document.getText(), fixed);
      assert.notEqual(document.getText(), before);
    });
  }

  test('"Fix All" applies what is safe to the document in front', async () => {
    const { document } = await openFile('broken/mesh-missing.yaml');
    await diagnosticsOf(document);
    await commands.executeCommand('istioEgress.fixAll');
    await isClean(document);
    assert.ok(document.isDirty);
  });

  test('a Gateway is renamed in every file that names it', async () => {
    const { document } = await openFile('notes-yaml/gateway.yaml');
    const edit = await commands.executeCommand<WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      after(document, 'name: istio-egress'),
      'outbound',
    );
    const names = edit.entries().map(([uri]) => nameOf(uri));
    assert.deepEqual(names.sort(), ['gateway.yaml', 'virtual-service.yaml']);
  });

  test('the status says what a file is checked together with', async () => {
    await openFile('notes/egress-notes.md');
    await until('the status', async () => {
      await hover({ selector: '#status\\.languageStatus' });
      const shown = await textOf({ selector: '.monaco-hover .hover-language-status' }).catch(() => '');
      return shown.includes('checked together: notes/egress-notes.md');
    });
    await screenshot('status');
  });
});

const nameOf = ({ path }: Uri): string => path.slice(path.lastIndexOf('/') + 1);
