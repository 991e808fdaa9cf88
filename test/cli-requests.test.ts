import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { runCli } from './support/run-cli';

const entry = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: cnn, namespace: shop}
spec:
  hosts: [edition.cnn.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: DSN
`;
const good = entry.replace('DSN', 'DNS');

suite('istio-egress trace and batch', () => {
  const trace = (...args: string[]) => runCli(['trace', ...args]);

  test('trace tells the proxies and the lines that decided, and its status whether it leaves as configured', () => {
    const through = trace('http://edition.cnn.com/', '--from', 'default', 'examples/notes-yaml');
    assert.equal(through.status, 0);
    assert.match(through.out, /^external edition\.cnn\.com:80$/m);
    assert.match(through.out, /gateway istio-system\/istio-egressgateway/);
    assert.match(through.out, /decided by examples\/notes-yaml\/virtual-service\.yaml:\d+:\d+/);
    assert.match(
      through.out,
      /virtual-service\.yaml:\d+:\d+: VirtualService "default\/cnn-through-egress-gateway" sends it to edition\.cnn\.com:80 by http\[1\]/,
    );
    const stranger = trace('http://edition.cnn.com:8080/', '--from', 'default', 'examples/notes-yaml').out;
    assert.match(stranger, /what to do: Register the host with this port/);
    assert.match(stranger, /not by .*service-entry\.yaml:\d+:\d+: .* but only with ports 80, 443/);
    const past = trace('https://edition.cnn.com/', '--from', 'default', 'examples/notes-yaml');
    assert.equal(past.status, 1);
    assert.match(past.out, /^external edition\.cnn\.com:443, past the gateway$/m);
    const broken = trace(
      'http://crm.vendor.example.com/',
      '--from',
      'shop',
      'examples/broken/subset-undefined.yaml',
    );
    assert.deepEqual([broken.status, broken.out.split('\n')[0]?.split(' ')[0]], [1, 'no-cluster']);
  });

  test('trace as JSON is one call', () => {
    const { out } = trace(
      'http://edition.cnn.com/',
      '--from',
      'default',
      'examples/notes-yaml',
      '--format',
      'json',
    );
    const { paths } = JSON.parse(out) as { paths: { outcome: string; via: string[] }[] };
    assert.deepEqual(
      paths.map((it) => [it.outcome, it.via]),
      [['external', ['istio-system/istio-egressgateway']]],
    );
  });

  test('trace refuses what is no request, and files that are not applied together', () => {
    for (const [args, said] of [
      [['http://edition.cnn.com/'], /--from/],
      [['edition.cnn.com', '--from', 'default', 'examples/notes-yaml'], /is no request/],
      [['tcp://edition.cnn.com', '--from', 'default', 'examples/notes-yaml'], /needs a port/],
      [
        ['http://edition.cnn.com/', '--from', 'default', 'examples'],
        /not applied together.*notes\/egress-notes\.md/,
      ],
      [['http://a.example.com/', '--from', '', 'examples/notes-yaml'], /--from needs a namespace/],
      [['http://a.example.com/', '--from', 'shop/app', 'examples/notes-yaml'], /LABEL=VALUE/],
      [['http://a.example.com/', '--from', 'shop', '--address', 'a', 'examples/notes-yaml'], /an IP address/],
      [['http://a.example.com/', '--from', 'shop', '--header', 'x', 'examples/notes-yaml'], /NAME=VALUE/],
    ] as const) {
      const { status, err } = trace(...args);
      assert.equal(status, 2, args.join(' '));
      assert.match(err, said);
    }
  });

  test('batch answers case by case, in order, the same for the same case', () => {
    const lines = [
      { id: 'one', files: { 'a.yaml': entry } },
      { id: 'two', files: { 'a.yaml': good }, stock: true, calls: [call] },
      { id: 'three', files: { 'a.yaml': entry }, whatever: 1 },
    ];
    const { status, out } = runCli(['batch'], {
      input: `${lines.map((it) => JSON.stringify(it)).join('\n')}\n`,
    });
    assert.equal(status, 0);
    const results = out
      .trim()
      .split('\n')
      .map((it) => JSON.parse(it));
    assert.deepEqual(
      results.map((it) => it.id),
      ['one', 'two', 'three'],
    );
    assert.deepEqual({ ...results[2], id: 'one' }, results[0]);
    assert.deepEqual(
      results[1].calls.map((it: { id: string; paths: { outcome: string }[] }) => [
        it.id,
        it.paths[0]!.outcome,
      ]),
      [['c', 'external']],
    );
  });

  test('batch stops with status 2 at the first line that is no case, and says which', () => {
    const first = JSON.stringify({ id: 'one', files: {} });
    for (const line of ['{', '7', 'null', '{"id": 1, "files": {}}', '{"id": "two"}']) {
      const { status, out, err } = runCli(['batch'], { input: `${first}\n${line}\n${first}\n` });
      assert.equal(status, 2, line);
      assert.equal(out.trim().split('\n').length, 1);
      assert.match(err, /line 2 is not/);
    }
  });

  const call = { id: 'c', from: { namespace: 'shop' }, scheme: 'http', host: 'edition.cnn.com', port: 80 };
});
