import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
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

const folder = mkdtempSync(join(tmpdir(), 'istio-egress-cli-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Writes files into a new folder and gives its name. */
let count = 0;
function inFolder(files: { readonly [path: string]: string }): string {
  const home = join(folder, String(++count));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(home, path, '..'), { recursive: true });
    writeFileSync(join(home, path), text);
  }
  return home;
}

interface Diagnostic {
  readonly file: string;
  readonly code: string;
  readonly severity: string;
  readonly layer: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
  readonly fixes: readonly { readonly title: string; readonly edits: object }[];
}

interface Result {
  readonly documents: readonly {
    readonly file: string;
    readonly accepted: boolean;
    readonly rejectedBy?: string;
  }[];
  readonly diagnostics: readonly Diagnostic[];
}

const checkJson = (args: readonly string[], cwd: string): Result =>
  JSON.parse(runCli(['check', '--format', 'json', ...args], { cwd }).out);

suite('istio-egress check', () => {
  const cwd = inFolder({ 'a/entry.yaml': entry, 'good.yaml': good });

  test('for people: the place, the line, what is wrong and what mends it, then a sum', () => {
    const { status, out, err } = runCli(['check', 'a'], { cwd });
    assert.equal(status, 1);
    assert.equal(err, '');
    assert.equal(
      out,
      [
        'a/entry.yaml:7:15: error: "DSN" is no value of "resolution"; did you mean "DNS"? [schema/enum]',
        '    7 |   resolution: DSN',
        '      |               ^^^',
        '      fix: Use "DNS"',
        '',
        '1 document: 1 error, 0 warnings, 0 info',
        '',
      ].join('\n'),
    );
  });

  test('JSON has documents and diagnostics with places that count from 0', () => {
    const { documents, diagnostics } = checkJson(['a/entry.yaml'], cwd);
    assert.deepEqual(documents, [
      {
        file: 'a/entry.yaml',
        index: 0,
        kind: 'ServiceEntry',
        namespace: 'shop',
        name: 'cnn',
        accepted: false,
        rejectedBy: 'apiserver',
      },
    ]);
    const [found] = diagnostics;
    assert.deepEqual(
      [found!.file, found!.code, found!.severity, found!.layer, found!.range.start],
      ['a/entry.yaml', 'schema/enum', 'error', 'schema', { line: 6, character: 14 }],
    );
    assert.equal(found!.fixes[0]!.title, 'Use "DNS"');
  });

  test('SARIF names each rule once and counts from 1', () => {
    const log = JSON.parse(runCli(['check', '--format', 'sarif', 'a'], { cwd }).out);
    assert.equal(log.version, '2.1.0');
    const [{ tool, results }] = log.runs;
    assert.equal(tool.driver.version, runCli(['--version']).out.trim());
    assert.deepEqual(
      tool.driver.rules.map((it: { id: string }) => it.id),
      ['schema/enum'],
    );
    assert.equal(results[0].locations[0].physicalLocation.region.startLine, 7);
    assert.equal(results[0].locations[0].physicalLocation.artifactLocation.uri, 'a/entry.yaml');
  });

  test('GitHub gets workflow commands', () => {
    const { out } = runCli(['check', '--format', 'github', 'a'], { cwd });
    assert.match(
      out,
      /^::error file=a\/entry\.yaml,line=7,col=15,endLine=7,endColumn=18,title=schema\/enum::"DSN" /,
    );
  });

  test('the status follows --fail-on', () => {
    const status = (...args: string[]) => runCli(['check', ...args], { cwd }).status;
    assert.equal(status('good.yaml'), 0);
    assert.equal(status('a'), 1);
    assert.equal(status('a', '--fail-on', 'never'), 0);
    const runbook = { cwd: process.cwd() };
    assert.equal(runCli(['check', 'examples/broken/past-the-gateway.yaml'], runbook).status, 0);
    assert.equal(
      runCli(['check', '--fail-on', 'warning', 'examples/broken/past-the-gateway.yaml'], runbook).status,
      1,
    );
  });

  test('without a path it reads the current folder, and "-" is standard input', () => {
    assert.deepEqual(
      checkJson([], cwd).documents.map((it) => it.file),
      ['a/entry.yaml', 'good.yaml'],
    );
    const { out, status } = runCli(['check', '-'], { input: entry });
    assert.match(out, /^stdin\.yaml:7:15: error/);
    assert.equal(status, 1);
  });

  test('each path is a scope of its own, and folders that hold the same object are apart', () => {
    const home = inFolder({ 'dev/entry.yaml': good, 'prod/entry.yaml': good });
    const codes = (...args: string[]) => checkJson(args, home).diagnostics.map((it) => it.code);
    assert.deepEqual(codes('dev', 'prod'), []);
    assert.deepEqual(codes('.'), ['workspace/separate-scopes']);
  });

  test('--closed-world, --no-stock-gateway, --mesh and --profile count', () => {
    const home = inFolder({
      'route.yaml': `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cnn, namespace: shop}
spec:
  hosts: [edition.cnn.com]
  http:
  - route: [{destination: {host: nowhere.example.com}}]
`,
      'mesh.yaml': 'rootNamespace: mesh-root\n',
    });
    const severity = (...args: string[]) =>
      checkJson(['route.yaml', ...args], home).diagnostics.find((it) => it.code.endsWith('not-registered'))
        ?.severity;
    assert.notEqual(severity(), 'error');
    assert.equal(severity('--closed-world'), 'error');
    assert.notEqual(severity('--mesh', 'mesh.yaml', '--profile', 'strict', '--no-stock-gateway'), 'error');
  });
});

suite('istio-egress generate', () => {
  for (const pattern of ['http', 'tls-passthrough', 'originate-gateway', 'originate-sidecar']) {
    test(`${pattern}: manifests that have no finding`, () => {
      const made = runCli(['generate', 'api.example.com', '--pattern', pattern, '--namespace', 'shop']);
      assert.equal(made.status, 0);
      const { status, out } = runCli(['check', '--fail-on', 'warning', '-'], { input: made.out });
      assert.equal(status, 0, out);
      assert.match(out, /^[2-9] documents: 0 errors, 0 warnings/m);
    });
  }

  test('ports decide where no pattern is named', () => {
    const kinds = (...args: string[]) => runCli(['generate', 'api.example.com', ...args]).out;
    assert.match(kinds('--port', '443'), /mode: PASSTHROUGH/);
    assert.doesNotMatch(kinds('--port', '80'), /PASSTHROUGH/);
    assert.match(kinds('--port', '80,443'), /number: 80[\s\S]*number: 443/);
    assert.match(kinds('--gateway', 'egress/outbound'), /outbound\.egress\.svc\.cluster\.local/);
  });

  test('what cannot be written is wrong use, and says why', () => {
    for (const [args, said] of [
      [[], /name one host/],
      [['a.example.com', 'b.example.com'], /name one host/],
      [['*.example.com'], /stands for many hosts/],
      [['203.0.113.7'], /no full host name/],
      [['api.example.com', '--port', '0'], /from 1 to 65535/],
      [['api.example.com', '--namespace', 'No'], /name of a namespace/],
      [['api.example.com', '--gateway', 'one'], /NAMESPACE\/NAME/],
      [['api.example.com', '--pattern', 'magic'], /--pattern takes http, /],
    ] as const) {
      const { status, out, err } = runCli(['generate', ...args]);
      assert.deepEqual([status, out], [2, ''], args.join(' '));
      assert.match(err, said);
    }
  });
});

suite('the use of istio-egress', () => {
  test('help comes on standard output with status 0, wrong use on the other with 2', () => {
    for (const args of [['--help'], ['-h'], ['help']]) {
      const { status, out, err } = runCli(args);
      assert.deepEqual([status, err], [0, '']);
      assert.match(out, /^Usage: istio-egress COMMAND/);
    }
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    assert.deepEqual(runCli(['--version']), { status: 0, out: `${version}\n`, err: '' });
    for (const command of ['check', 'trace', 'audit', 'generate', 'graph', 'batch', 'lsp']) {
      const { status, out } = runCli([command, '--help']);
      assert.equal(status, 0);
      assert.ok(out.startsWith(`istio-egress ${command}`), command);
    }
    assert.equal(runCli([]).status, 2);
    for (const args of [['chek'], ['check', '--what'], ['check', '--format', 'xml'], ['lsp'], ['toString']]) {
      const { status, err } = runCli(args);
      assert.equal(status, 2, args.join(' '));
      assert.match(err, /^istio-egress/);
      assert.doesNotMatch(err, /\n {4}at /, 'a stack is no message');
    }
  });
});
