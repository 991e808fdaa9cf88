import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { commands, type Diagnostic, DiagnosticSeverity, languages, Range, Uri, workspace } from 'vscode';
import { append, replace } from '../support/edits';
import { until } from '../support/until';
import { screenshot } from '../support/window';
import { diagnosticsOf, inWorkspace, openFile, ready } from '../support/workspace';

const atLeastWarnings = (found: readonly Diagnostic[]): readonly Diagnostic[] =>
  found.filter((it) => it.severity <= DiagnosticSeverity.Warning);

/** The files that the table in the README of the broken example accuses. */
const brokenFiles = (): string[] => {
  const readme = readFileSync(inWorkspace('broken/README.md').fsPath, 'utf8');
  return [...readme.matchAll(/^\| `([\w-]+\.yaml)`/gm)].map((it) => it[1]!);
};

suite('diagnostics', () => {
  suiteSetup(ready);

  test('every mistake of the broken example is underlined, opened or not', async () => {
    const files = brokenFiles();
    assert.ok(files.length > 0);
    await openFile(`broken/${files[0]}`);
    for (const file of files) {
      await until(`a finding in ${file}`, () => {
        const found = languages.getDiagnostics(inWorkspace(`broken/${file}`));
        return atLeastWarnings(found).length > 0;
      });
    }
    await commands.executeCommand('workbench.actions.view.problems');
    await screenshot('broken-example');
    await commands.executeCommand('workbench.action.closePanel');
  });

  test('a finding names its rule, links to its page and shows the other side', async () => {
    const { document } = await openFile('broken/host-not-served.yaml');
    const [finding] = atLeastWarnings(await diagnosticsOf(document));
    const { code } = finding!;
    assert.ok(typeof code === 'object', 'the code has no link');
    assert.match(String(code.value), /^[a-z-]+\/[a-z-]+$/);
    assert.ok((await workspace.fs.stat(Uri.parse(code.target.toString()))).size > 0);
    assert.ok(finding!.relatedInformation!.length > 0);
  });

  for (const [path, shape] of [
    ['notes/egress-notes.md', 'Markdown'],
    ['notes-script/egress.sh', 'a shell script'],
    ['notes-yaml/service-entry.yaml', 'YAML'],
  ] as const) {
    test(`the notes in ${shape} get one information and nothing else`, async () => {
      const { document } = await openFile(path);
      const found = await diagnosticsOf(document);
      assert.deepEqual(
        found.map((it) => [it.severity, typeof it.code === 'object' ? it.code.value : it.code]),
        [[DiagnosticSeverity.Information, 'service-entry/port-bypasses-gateway']],
      );
      assert.match(document.getText(found[0]!.range), /443|HTTPS|https/);
      await screenshot(`notes-in-${shape.replaceAll(' ', '-').toLowerCase()}`);
    });
  }

  test('a finding goes when the mistake is mended, and comes back with it', async () => {
    const { document } = await openFile('broken/value-typo.yaml');
    await diagnosticsOf(document, (found) => found.length === 1);
    const start = document.positionAt(document.getText().lastIndexOf('DSN'));
    await replace(document.uri, new Range(start, start.translate(0, 3)), 'DNS');
    await diagnosticsOf(document, (found) => atLeastWarnings(found).length === 0);
    await replace(document.uri, new Range(start, start.translate(0, 3)), 'DSN');
    await diagnosticsOf(document, (found) => found.length === 1);
  });

  test('a broken document changes nothing elsewhere while it is being typed', async () => {
    const { document } = await openFile('notes-yaml/gateway.yaml');
    const neighbour = inWorkspace('notes-yaml/service-entry.yaml');
    const told = () => JSON.stringify(languages.getDiagnostics(neighbour));
    const before = told();
    const seen = new Set<string>();
    const watching = languages.onDidChangeDiagnostics(({ uris }) => {
      if (uris.some((it) => it.toString() === neighbour.toString())) {
        seen.add(told());
      }
    });
    for (const character of '\n  - hosts: [ "') {
      await append(document, character);
    }
    await diagnosticsOf(document);
    watching.dispose();
    seen.delete(before);
    assert.deepEqual([...seen], []);
    await commands.executeCommand('workbench.action.files.revert');
  });
});
