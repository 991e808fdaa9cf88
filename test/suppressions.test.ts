import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Engine } from '../server/src/engine/engine';
import { applyEdits } from '../server/src/engine/text/edit';

const code = 'virtual-service/gateway-not-found';

const route = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: news
spec:
  hosts:
    - news.example.com
  gateways:
    - lost # in another repository
  http:
    - route:
        - destination:
            host: news.example.com
`;
const entry = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: news
spec:
  hosts:
    - news.example.com
  ports:
    - number: 80
      name: http
      protocol: HTTP
  resolution: DNS
`;

suite('a comment silences a rule in its document', () => {
  test('wherever it stands', () => {
    assert.deepEqual(codes(`# istio-egress: ignore ${code}\n${route}`), []);
    assert.deepEqual(codes(route.replace('# in', `# istio-egress: ignore ${code} -- it is in`)), []);
    assert.deepEqual(codes(`${route}# istio-egress: ignore schema/enum, ${code}\n`), []);
  });

  test('only the rules it names, and only in its document', () => {
    assert.deepEqual(codes(`# istio-egress: ignore schema/enum\n${route}`), [code]);
    assert.deepEqual(codes(`# istio-egress: ignore ${code}\n${entry}---\n${route}`), [code]);
    assert.deepEqual(codes(`# istio-egress: ignore ${code}-elsewhere\n${route}`), [code]);
  });

  test('what the cluster refuses too, since someone says that it does not matter', () => {
    const wrong = entry.replace('DNS', 'DSN');
    assert.deepEqual(codes(wrong), ['schema/enum']);
    assert.deepEqual(codes(`# istio-egress: ignore schema/enum\n${wrong}`), []);
  });
});

suite("istioctl's annotation counts", () => {
  const annotated = (value: string): string =>
    route.replace(
      'metadata:\n',
      `metadata:\n  annotations:\n    galley.istio.io/analyze-suppress: ${value}\n`,
    );

  test('with a code, among others, or for everything', () => {
    for (const value of ['IST0101', 'IST0109, IST0101', '"*"']) {
      assert.deepEqual(codes(annotated(value)), [], value);
    }
    assert.deepEqual(codes(annotated('IST0109')), [code]);
  });

  test('not for what the cluster refuses', () => {
    assert.deepEqual(codes(annotated('"*"').replace('hosts:', 'hostz:')).sort(), ['schema/unknown-field']);
  });

  test('on the item of a List that carries it', () => {
    const item = (text: string): string => `  - ${text.trimEnd().replaceAll('\n', '\n    ')}\n`;
    const other = route.replace('name: news', 'name: other');
    const list = `apiVersion: v1\nkind: List\nitems:\n${item(annotated('IST0101'))}${item(other)}`;
    assert.deepEqual(codes(list), [code]);
  });
});

suite('both are offered, and work', () => {
  test('in a plain file', () => {
    assert.deepEqual(silenced(route), [
      [`Ignore ${code} in this document`, `# istio-egress: ignore ${code}\n${route}`],
      [
        'Suppress IST0101 on this object, for istioctl too',
        route.replace(
          '  name: news\n',
          '  name: news\n  annotations:\n    galley.istio.io/analyze-suppress: IST0101\n',
        ),
      ],
    ]);
  });

  test('beside what is silent already', () => {
    const text = `# istio-egress: ignore schema/enum -- generated\n${route}`;
    assert.equal(silenced(text)[0]?.[1], text.replace('schema/enum', `schema/enum, ${code}`));
    const annotations = '  annotations:\n    galley.istio.io/analyze-suppress: IST0109\n';
    const annotated = route.replace('metadata:\n', `metadata:\n${annotations}`);
    assert.equal(silenced(annotated)[1]?.[1], annotated.replace('IST0109', 'IST0109,IST0101'));
  });

  test('inside a fence that is indented', () => {
    const fence = (text: string): string =>
      `- Step one\n\n  \`\`\`yaml\n${text.replace(/^(?=.)/gm, '  ')}  \`\`\`\n`;
    assert.equal(
      silenced(fence(route), 'notes.md')[0]?.[1],
      fence(`# istio-egress: ignore ${code}\n${route}`),
    );
  });

  test('without a comment in JSON', () => {
    const json = JSON.stringify({
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: 'news' },
      spec: { hosts: ['news.example.com'], gateways: ['lost'], http: [{ redirect: { authority: 'a.com' } }] },
    });
    assert.deepEqual(
      silenced(json, 'a.json').map(([title]) => title),
      ['Suppress IST0101 on this object, for istioctl too'],
    );
  });
});

function engineOf(text: string, uri: string): Engine {
  const engine = new Engine();
  engine.change([{ uri, path: uri, text }]);
  return engine;
}

function codes(text: string): string[] {
  return engineOf(text, 'a.yaml')
    .diagnostics('a.yaml')
    .filter((it) => it.severity !== 'info' || it.code === code)
    .map((it) => it.code);
}

/** What is offered to silence the rule, with the text it leaves, in which the rule is silent. */
function silenced(text: string, uri = 'a.yaml'): [string, string][] {
  const engine = engineOf(text, uri);
  const found = engine.diagnostics(uri).find((it) => it.code === code);
  assert.ok(found);
  return engine.silences(found.finding).map(({ title, edits }) => {
    const after = applyEdits(text, edits.get(uri)!);
    assert.ok(
      !engineOf(after, uri)
        .diagnostics(uri)
        .some((it) => it.code === code),
      title,
    );
    return [title, after];
  });
}
