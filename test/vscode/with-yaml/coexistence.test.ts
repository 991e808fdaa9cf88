import assert from 'node:assert/strict';
import {
  type CompletionList,
  commands,
  type DocumentSymbol,
  extensions,
  type FoldingRange,
  Position,
  type Uri,
} from 'vscode';
import { pause, until } from '../support/until';
import { diagnosticsOf, openFile, openUntitled, ready } from '../support/workspace';

/** What the stand-in for the other extension tells of itself. */
interface YamlExtension {
  readonly asked: readonly { readonly what: string; readonly uri: string }[];
  readonly contributors: readonly {
    readonly schema: string;
    readonly label: string;
    requestSchema(resource: string): string;
    requestSchemaContent(uri: string): string;
  }[];
}

const other = (): YamlExtension => extensions.getExtension<YamlExtension>('redhat.vscode-yaml')!.exports;

suite('beside another YAML extension', () => {
  let uri: Uri;

  suiteSetup(async () => {
    ({ uri } = (await openFile('notes-yaml/gateway.yaml')).document);
    // Nobody else wakes it here: the YAML file has to.
    await until('activation', () => extensions.getExtension('istio-egress.istio-egress')!.isActive);
    await ready();
    assert.ok(extensions.getExtension('redhat.vscode-yaml')?.isActive, 'the other extension is not here');
  });

  test('the outline comes from the other one alone', async () => {
    const symbols = await commands.executeCommand<DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      uri,
    );
    assert.deepEqual(
      symbols.map((it) => it.name),
      ['stub'],
    );
    assert.ok(other().asked.some((it) => it.what === 'symbols' && it.uri === uri.toString()));
  });

  test('folding comes from the other one alone', async () => {
    const ranges = await commands.executeCommand<FoldingRange[]>('vscode.executeFoldingRangeProvider', uri);
    assert.deepEqual(
      ranges.map(({ start, end }) => [start, end]),
      [[0, 1]],
    );
  });

  test('it is told to say nothing of the fields of Istio documents', async () => {
    const contributor = await until('a contributor', () =>
      other().contributors.find((it) => it.label === 'apiVersion:networking.istio.io/'),
    );
    const schema = contributor.requestSchema(uri.toString());
    assert.ok(
      schema.startsWith(`${contributor.schema}://`),
      'the scheme must be the name of the contributor',
    );
    assert.deepEqual(JSON.parse(contributor.requestSchemaContent(schema)), { schemaSequence: [{}] });
  });

  test('every group of Istio has one contributor', () => {
    assert.deepEqual(
      other()
        .contributors.map((it) => it.label)
        .sort(),
      [
        'apiVersion:extensions.istio.io/',
        'apiVersion:networking.istio.io/',
        'apiVersion:security.istio.io/',
        'apiVersion:telemetry.istio.io/',
      ],
    );
  });

  test('the syntax of YAML is left to the other one', async () => {
    const { document } = await openUntitled('apiVersion: networking.istio.io/v1\nkind: Gateway\nspec: [\n');
    await pause(1000);
    const own = await diagnosticsOf(document, () => true);
    assert.deepEqual(
      own
        .map((it) => (typeof it.code === 'object' ? String(it.code.value) : String(it.code)))
        .filter((it) => it.startsWith('yaml/')),
      [],
    );
  });

  test('completion answers beside it, not instead of it', async () => {
    const list = await commands.executeCommand<CompletionList>(
      'vscode.executeCompletionItemProvider',
      uri,
      new Position(0, 0),
    );
    assert.ok(list.items.some((it) => it.label === 'stub'));
  });
});
