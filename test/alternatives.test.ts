import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Engine } from '../server/src/engine/engine';
import { rules } from '../server/src/engine/rules/index';
import { defaultSettings } from '../server/src/engine/workspace/settings';

const entry = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: news
  namespace: shop
spec:
  hosts:
    - news.example.com
  ports:
    - number: 8080
      name: http
      protocol: HTTP
  resolution: DNS
`;
/** To a port that the host does not have. */
const badRoute = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: news
  namespace: shop
spec:
  hosts:
    - news.example.com
  http:
    - route:
        - destination:
            host: news.example.com
            port:
              number: 80
`;
const goodRoute = badRoute.replace('80', '8080');

const duplicate = 'warning workspace/duplicate-object';
const noPort = 'virtual-service/destination-port-not-exposed';

suite('an object that several documents declare', () => {
  test('alone is told what it does', () => {
    assert.deepEqual(told({ 'all.yaml': `${entry}---\n${badRoute}` }), [`all.yaml error ${noPort}`]);
  });

  test('nothing else is told of the document that does not stand', () => {
    const text = `${entry}---\n${badRoute}---\n${goodRoute}`;
    assert.deepEqual(told({ 'all.yaml': text }), [`all.yaml ${duplicate}`]);
  });

  test('of the one that stands everything, where one file declares both', () => {
    const text = `${entry}---\n${goodRoute}---\n${badRoute}`;
    assert.deepEqual(told({ 'all.yaml': text }), [`all.yaml ${duplicate}`, `all.yaml error ${noPort}`]);
  });

  const alternatives = { 'a.yaml': `${entry}---\n${goodRoute}`, 'b.yaml': badRoute };

  test('as information, where they may be alternatives, and the other one is pointed at', () => {
    assert.deepEqual(told(alternatives), [`a.yaml ${duplicate}`, `b.yaml info ${noPort}`]);
    const { diagnostic } = opened(alternatives).find((it) => it.diagnostic.code === noPort)!;
    const other = diagnostic.related.find((it) => it.message.startsWith('Declared here too'));
    assert.equal(other?.uri, 'a.yaml');
  });

  test('what leans on an alternative is information too', () => {
    const files = { 'a.yaml': entry.replace('8080', '80'), 'b.yaml': entry, 'route.yaml': badRoute };
    assert.deepEqual(told(files), [`a.yaml ${duplicate}`, `route.yaml info ${noPort}`]);
  });

  test('as information in a runbook, where a later step changes what an earlier one made', () => {
    const steps = [entry, badRoute, entry.replace('8080', '80'), entry].map(
      (it) => `\`\`\`yaml\n${it}\`\`\`\n`,
    );
    assert.deepEqual(told({ 'steps.md': steps.join('\nThen:\n\n') }), [
      'steps.md info workspace/duplicate-object',
      `steps.md info ${noPort}`,
      'steps.md info workspace/duplicate-object',
    ]);
  });

  test('as an error where the files are the whole cluster', () => {
    assert.deepEqual(told(alternatives, true), [`a.yaml ${duplicate}`, `b.yaml error ${noPort}`]);
  });
});

function opened(files: { readonly [path: string]: string }, closedWorld = false) {
  const scope = { ...defaultSettings.scope, closedWorld };
  const engine = new Engine({ ...defaultSettings, scope }, rules);
  engine.change(Object.entries(files).map(([path, text]) => ({ uri: path, path, text })));
  return Object.keys(files).flatMap((uri) =>
    engine.diagnostics(uri).map((diagnostic) => ({ uri, diagnostic })),
  );
}

function told(files: { readonly [path: string]: string }, closedWorld = false): string[] {
  return opened(files, closedWorld).map(
    ({ uri, diagnostic: { severity, code } }) => `${uri} ${severity} ${code}`,
  );
}
