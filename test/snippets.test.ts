import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { Engine } from '../server/src/engine/engine';
import { defaultSettings } from '../server/src/engine/workspace/settings';
import { splitDocuments } from '../server/src/engine/yaml/chunks';
import { readYaml } from '../server/src/engine/yaml/read';
import { nodeAt } from '../server/src/engine/yaml/walk';
import { expandSnippet, type Snippet } from './support/expand-snippet';

const route = ['ServiceEntry', 'Gateway', 'DestinationRule', 'VirtualService'];
const patterns: Readonly<Record<string, readonly string[]>> = {
  'istio-egress-http': route,
  'istio-egress-tls-passthrough': ['ServiceEntry', 'Gateway', 'VirtualService'],
  'istio-egress-tls-gateway': [...route, 'DestinationRule'],
  'istio-egress-tls-sidecar': ['ServiceEntry', 'DestinationRule'],
};
const files: readonly SnippetFile[] = [
  {
    path: 'snippets/istio-egress.json',
    language: 'yaml',
    kinds: {
      'istio-service-entry': ['ServiceEntry'],
      'istio-gateway': ['Gateway'],
      'istio-destination-rule': ['DestinationRule'],
      'istio-destination-rule-hop': ['DestinationRule'],
      'istio-virtual-service': ['VirtualService'],
      'istio-sidecar': ['Sidecar'],
      ...patterns,
    },
    manifests: (text) => text,
  },
  {
    path: 'snippets/istio-egress-heredoc.json',
    language: 'shellscript',
    kinds: patterns,
    manifests: (text) => /^kubectl apply -f - <<'EOF'\n(.*\n)EOF\n$/s.exec(text)?.[1] ?? '',
  },
];

interface SnippetFile {
  readonly path: string;
  readonly language: 'yaml' | 'shellscript';
  /** The kinds a prefix inserts, in order. */
  readonly kinds: Readonly<Record<string, readonly string[]>>;
  readonly manifests: (text: string) => string;
}

for (const file of files) {
  const snippets = Object.values(JSON.parse(readFileSync(file.path, 'utf8')) as Record<string, Snippet>);

  suite(file.path, () => {
    for (const snippet of snippets) {
      test(snippet.prefix, () => checkSnippet(snippet, file));
    }

    test('has one snippet for each prefix', () => {
      assert.deepEqual(snippets.map((it) => it.prefix).sort(), Object.keys(file.kinds).sort());
    });

    test('is contributed', () => {
      const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
      assert.ok(
        contributes.snippets.some(
          (it: { language: string; path: string }) =>
            it.language === file.language && it.path === `./${file.path}`,
        ),
        `package.json does not offer ${file.path} for ${file.language}`,
      );
    });
  });
}

function checkSnippet(snippet: Snippet, file: SnippetFile): void {
  const { text, tabStops } = expandSnippet(snippet);
  assert.doesNotMatch(text, /\$/);
  assert.deepEqual(
    tabStops,
    tabStops.map((_, index) => index),
  );
  assert.ok(snippet.description.length > 0);

  const documents = splitDocuments(file.manifests(text)).map((chunk) => readYaml(chunk.text));
  assert.deepEqual(
    documents.flatMap((document) => document.problems),
    [],
  );
  const valuesAt = (...path: string[]) =>
    documents.map((document) => {
      const node = nodeAt(document.root, path);
      return node?.type === 'scalar' ? node.value : undefined;
    });
  assert.deepEqual(valuesAt('kind'), file.kinds[snippet.prefix]);
  assert.deepEqual([...new Set(valuesAt('apiVersion'))], ['networking.istio.io/v1']);
  for (const name of [...valuesAt('metadata', 'name'), ...valuesAt('metadata', 'namespace')]) {
    assert.match(String(name), /^[a-z][a-z-]*[a-z]$/);
  }

  const hostsTyped = snippet.body.join('\n').split('api.example.com').length - 1;
  const kinds = file.kinds[snippet.prefix]!;
  assert.equal(hostsTyped, kinds.includes('Sidecar') ? 0 : 1, 'the host is typed once');
  assert.deepEqual(accusations(text, file.language, snippet.prefix in patterns), []);
}

/** A whole route has to be right with nothing around it; a single object may lean on what is elsewhere. */
function accusations(text: string, language: SnippetFile['language'], isWhole: boolean): string[] {
  const path = language === 'yaml' ? 'egress.yaml' : 'egress.sh';
  const engine = new Engine({
    ...defaultSettings,
    scope: { ...defaultSettings.scope, closedWorld: isWhole },
  });
  engine.change([{ uri: path, path, text }]);
  return engine
    .diagnostics(path)
    .filter((it) => isWhole || it.severity === 'error' || it.severity === 'warning')
    .map((it) => `${it.severity} ${it.code}: ${it.message}`);
}
