import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, suite, test } from 'node:test';
import {
  type CodeLens,
  CodeLensRefreshRequest,
  CodeLensRequest,
  CodeLensResolveRequest,
} from 'vscode-languageserver/node';
import { type TraceResult, traceRequest } from '../server/src/protocol/trace';
import { manyHosts } from './support/graph-manifests';
import { type LspClient, startingServers } from './support/lsp-client';

const start = startingServers();

// The server waits for pauses in typing without keeping a process alive, and client and server share one here.
const alive = setInterval(() => {}, 1000);
after(() => clearInterval(alive));

const lenses = async (client: LspClient, path: string): Promise<readonly CodeLens[]> =>
  (await client.connection.sendRequest(CodeLensRequest.type, {
    textDocument: { uri: client.uri(path) },
  })) ?? [];

const resolve = (client: LspClient, lens: CodeLens): Promise<CodeLens> =>
  client.connection.sendRequest(CodeLensResolveRequest.type, lens);

/** The lenses of a file, each behind the line it stands above. */
async function told(client: LspClient, path: string, text: string): Promise<readonly string[]> {
  const found = await Promise.all((await lenses(client, path)).map((it) => resolve(client, it)));
  const lines = text.split('\n');
  return found.map(({ range, command }) => `${lines[range.start.line]?.trim()}  ${command?.title}`);
}

const entry = (host: string, ports: string, more = ''): string => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: ${host.replace('*', 'any')}, namespace: shop}
spec:
  hosts:
  - ${host}
  ports: [${ports}]
  resolution: ${host.startsWith('*') ? 'NONE' : 'DNS'}
${more}---
`;
const http = '{number: 80, name: http, protocol: HTTP}';
const tls = '{number: 443, name: tls, protocol: TLS}';

suite('lines above hosts', () => {
  test('say where requests go, for each port', async () => {
    const notes = readFileSync('examples/notes/egress-notes.md', 'utf8');
    const client = await start({ 'notes.md': notes });
    assert.deepEqual(await told(client, 'notes.md', notes), [
      '- edition.cnn.com  → istio-egressgateway → edition.cnn.com:80',
      '- edition.cnn.com  → past the gateway → edition.cnn.com:443',
      '- edition.cnn.com  → istio-egressgateway → edition.cnn.com:80',
      '- edition.cnn.com  → past the gateway → edition.cnn.com:443',
    ]);
  });

  test('say what fails, and why', async () => {
    const files = manyHosts(1, { unbound: [0] });
    const client = await start(files);
    const [first] = await told(client, 'host-000.yaml', files['host-000.yaml']!);
    assert.match(first!, /✗ host-000\.example\.com:80 fails at istio-egressgateway, 404: no route matches$/);
  });

  test('name clients for whom it is otherwise', async () => {
    const text = `${entry('a.com', http)}apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: a, namespace: shop}
spec:
  hosts: [a.com]
  exportTo: [shop, web]
  http:
  - match: [{sourceNamespace: web}]
    directResponse: {status: 503}
  - route: [{destination: {host: a.com}}]
`;
    const client = await start({ 'a.yaml': text });
    assert.match(
      (await told(client, 'a.yaml', text))[0]!,
      /→ directly → a\.com:80 from shop, otherwise from web$/,
    );
  });

  test('open the trace of just that request', async () => {
    const text = entry('a.com', tls);
    const client = await start({ 'a.yaml': text });
    const [lens] = await lenses(client, 'a.yaml');
    assert.equal(lens!.command, undefined, 'it is followed only when it is to be seen');
    const { command } = await resolve(client, lens!);
    assert.equal(command!.command, 'test.trace');
    const result: TraceResult = await client.connection.sendRequest(traceRequest, command!.arguments![0]);
    assert.equal(result.url, 'https://a.com');
    assert.equal(result.paths[0]!.outcome, 'external');
  });

  test('are missing on templates, on refused documents and when they are switched off', async () => {
    const files = {
      'chart/Chart.yaml': 'apiVersion: v2\nname: egress\nversion: 1.0.0\n',
      'chart/templates/a.yaml': entry('a.com', http).replace('shop', '{{ .Release.Namespace }}'),
      'refused.yaml': entry('b.com', http).replace('hosts:', 'hots:'),
      'good.yaml': entry('c.com', http),
    };
    const client = await start(files);
    const count = async (path: string): Promise<number> => (await lenses(client, path)).length;
    assert.deepEqual(
      await Promise.all(['chart/templates/a.yaml', 'refused.yaml', 'good.yaml', 'none.yaml'].map(count)),
      [0, 0, 1, 0],
    );
    await client.changeSettings({ istioEgress: { codeLens: { enabled: false } } });
    assert.equal(await count('good.yaml'), 0);
  });

  test('end after twenty hosts', async () => {
    const text = Array.from({ length: 30 }, (_, index) => entry(`h${index}.com`, http)).join('');
    const client = await start({ 'many.yaml': text });
    const found = await lenses(client, 'many.yaml');
    assert.equal(found.length, 21);
    assert.match(found.at(-1)!.command!.title, /^Requests to further hosts/);
    assert.equal(
      await resolve(client, found.at(-1)!).then((it) => it.command!.title),
      found.at(-1)!.command!.title,
    );
  });

  test('are asked for again when another file changes them', async () => {
    const files = manyHosts(1);
    const client = await start(files);
    let refreshed = 0;
    client.connection.onRequest(CodeLensRefreshRequest.type, () => {
      refreshed++;
    });
    const text = files['host-000.yaml']!;
    assert.match((await told(client, 'host-000.yaml', text))[0]!, /→ istio-egressgateway →/);
    await client.open('gateway.yaml', files['gateway.yaml']!);
    for (const host of ['*.a.example', '*.b.example', '*.example.org']) {
      await client.type('gateway.yaml', files['gateway.yaml']!.replace('*.example.com', host));
    }
    assert.equal(refreshed, 0, 'not while someone types');
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.equal(refreshed, 1);
    assert.match((await told(client, 'host-000.yaml', text))[0]!, /✗ host-000\.example\.com:80/);
  });
});
