import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { objects, policy } from './support/audit-scene';
import { runCli } from './support/run-cli';

interface Row {
  readonly host: string;
  readonly port: string;
  readonly protocol: string;
  readonly from: { readonly namespace: string; readonly labels?: object };
  readonly verdict: string;
  readonly via: readonly string[];
  readonly reason: string;
  readonly decidedBy: readonly { readonly file: string; readonly range: object }[];
}

suite('istio-egress audit', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'istio-egress-audit-'));
  after(() => rmSync(cwd, { recursive: true }));
  const write = (name: string, ...documents: string[]): string => {
    writeFileSync(join(cwd, name), documents.join('---\n'));
    return name;
  };
  const audit = (file: string, ...args: string[]) => runCli(['audit', file, ...args], { cwd });
  const notes = (format: string) => runCli(['audit', '--format', format, 'examples/notes-yaml']);
  const { entry, gateway, route } = objects;

  test('the notes: HTTP leaves through the gateway, HTTPS and any other host go round it', () => {
    const { out, status } = notes('pretty');
    assert.equal(status, 1);
    assert.match(
      out,
      /^edition\.cnn\.com\n {2}80 HTTP {4}gateway {6}from default\n {26}Requests leave through gateway/,
    );
    assert.match(out, /^ {2}443 HTTPS {2}direct {7}from default$/m);
    assert.match(out, /^ {26}see examples\/notes-yaml\/service-entry\.yaml:12:5$/m);
    assert.match(out, /^any other host\n {2}any port {3}passthrough {2}from default$/m);
    assert.match(out, /^What keeps requests from going round the gateway\n {2}open {5}no file sets/m);
    assert.match(out, /REGISTRY_ONLY is no security boundary/);
    assert.match(out, /\n3 ways: 1 gateway, 1 direct, 1 passthrough\n$/);
  });

  test('JSON is the array of the contract, with lines counted from 0', () => {
    const { out, err } = notes('json');
    const rows = JSON.parse(out) as readonly Row[];
    assert.deepEqual(
      rows.map(({ host, port, protocol, from, verdict, via }) => ({
        host,
        port,
        protocol,
        from,
        verdict,
        via,
      })),
      [
        {
          host: 'edition.cnn.com',
          port: '80',
          protocol: 'HTTP',
          from: { namespace: 'default' },
          verdict: 'gateway',
          via: ['istio-system/istio-egressgateway'],
        },
        {
          host: 'edition.cnn.com',
          port: '443',
          protocol: 'HTTPS',
          from: { namespace: 'default' },
          verdict: 'direct',
          via: [],
        },
        {
          host: '*',
          port: '*',
          protocol: '*',
          from: { namespace: 'default' },
          verdict: 'passthrough',
          via: [],
        },
      ],
    );
    assert.deepEqual(rows[1]?.decidedBy[0], {
      file: 'examples/notes-yaml/service-entry.yaml',
      range: {
        start: { line: 11, character: 4 },
        end: rows[1]?.decidedBy[0] && endOf(rows[1].decidedBy[0].range),
      },
    });
    assert.match(err, /^istio-egress audit: open: no file sets/);
  });

  test('CSV has the same columns, one line for each row', () => {
    const lines = notes('csv').out.split('\n');
    assert.equal(lines[0], 'host,port,protocol,from,verdict,via,reason,decidedBy');
    assert.match(
      lines[1]!,
      /^edition\.cnn\.com,80,HTTP,default,gateway,istio-system\/istio-egressgateway,"Requests leave/,
    );
    assert.equal(lines.length, 5);
  });

  test('Markdown is a report with a table', () => {
    const { out } = notes('markdown');
    assert.match(out, /^# Egress audit\n\n3 ways: /);
    assert.match(
      out,
      /^\| Host \| Port .*\n\| --- .*\n\| edition\.cnn\.com \| 80 \| HTTP \| default \| gateway \|/m,
    );
    assert.match(out, /^\| \\\* \| \\\* \| \\\* \| default \| passthrough \|/m);
    assert.match(out, /^- \*\*open\*\*: no file sets/m);
  });

  test('status 0 means that nothing gets round the gateway', () => {
    const governed = entry.replace(/ {2}- \{number: 443.*\n/, '');
    const mesh = write('mesh-config.txt', 'outboundTrafficPolicy: {mode: REGISTRY_ONLY}\n');
    const file = write('governed.yaml', governed, gateway, route);
    assert.equal(audit(file, '--mesh', mesh).status, 0);
    assert.equal(audit(file).status, 1);
    const to = '{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: istio-system}}}';
    const closed = policy('closed', `{podSelector: {}, policyTypes: [Egress], egress: [{to: [${to}]}]}`);
    assert.equal(audit(write('closed.yaml', entry, gateway, route, closed)).status, 0);
    assert.equal(audit(write('empty.yaml', '')).status, 0);
  });

  test('without the stock gateway the way through it is broken', () => {
    const file = write('no-stock.yaml', entry, gateway, route);
    const rows = JSON.parse(audit(file, '--no-stock-gateway', '--format', 'json').out) as readonly Row[];
    assert.equal(rows.find((it) => it.port === '80')?.verdict, 'broken');
  });

  test('several paths are told apart', () => {
    const { out } = runCli(['audit', 'examples/notes-yaml', 'examples/tls-passthrough']);
    assert.match(out, /^Scope "examples\/notes-yaml"$/m);
    assert.match(out, /^Scope "examples\/tls-passthrough"$/m);
    assert.equal(out.match(/What this does not prove/g)?.length, 1);
    assert.match(out, /\n5 ways: 2 gateway, 1 direct, 2 passthrough\n$/);
  });

  test('wrong use is status 2', () => {
    assert.equal(runCli(['audit', '--format', 'xml']).status, 2);
    assert.equal(runCli(['audit', '--from', 'shop']).status, 2);
  });

  suite('what manifests say stays text', () => {
    const headers = (text: string) =>
      route.replace(
        '  http:\n',
        `  http:
  - match: [{gateways: [mesh], port: 80, headers: {x-team: {exact: ${JSON.stringify(text)}}}}]
    route: [{destination: {host: api.partner.example.com, port: {number: 80}}}]
`,
      );

    test('a terminal is shown no control characters', () => {
      const file = write('escape.yaml', entry, gateway, headers('\u001b[31mred\u202e\nx'));
      for (const format of ['pretty', 'json', 'csv', 'markdown']) {
        const { out } = audit(file, '--format', format);
        assert.ok(!out.includes('\u001b') && !out.includes('\u202e'), format);
        assert.match(out, /u001b/, format);
      }
    });

    test('a spreadsheet is given no formula, and every line has eight cells', () => {
      const file = write('=cmd.yaml', entry, gateway, headers('a,"b"'));
      const cells = audit(file, '--format', 'csv').out.trim().split('\n').map(cellsOf);
      assert.ok(cells.every((it) => it.length === 8));
      assert.ok(cells.flat().every((it) => !/^[=+@-]/.test(it)));
      assert.ok(cells.flat().some((it) => it.startsWith("'=cmd.yaml:")));
      assert.ok(cells.flat().some((it) => it.includes('x-team: a,"b"')));
    });

    test('a report holds no markup of others', () => {
      const file = write('markup.yaml', entry, gateway, headers('|<img src=x>[a](https://evil.example)`'));
      const { out } = audit(file, '--format', 'markdown');
      assert.doesNotMatch(out, /<img|\[a\]\(/);
      const rows = out.split('\n').filter((it) => it.startsWith('| '));
      for (const row of rows) {
        assert.equal(row.replaceAll('\\|', '').split('|').length, 10, row);
      }
    });
  });
});

function endOf(range: object): unknown {
  return (range as { readonly end: unknown }).end;
}

function cellsOf(line: string): readonly string[] {
  const cells = `${line},`.match(/(?:"(?:[^"]|"")*"|[^,"]*),/g) ?? [];
  return cells.map((it) =>
    it
      .slice(0, -1)
      .replace(/^"(.*)"$/s, '$1')
      .replaceAll('""', '"'),
  );
}
