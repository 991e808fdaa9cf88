import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs, { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, mock, suite, test } from 'node:test';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { readInputs } from '../server/src/cli/files';
import { cliFile, runCli } from './support/run-cli';

const entry = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: cnn, namespace: shop}
spec:
  hosts: [edition.cnn.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: DNS
`;

const cwd = mkdtempSync(join(tmpdir(), 'istio-egress-cli-bad-'));
after(() => rmSync(cwd, { recursive: true, force: true }));
const write = (path: string, text: string | Buffer): void => {
  mkdirSync(join(cwd, path, '..'), { recursive: true });
  writeFileSync(join(cwd, path), text);
};

suite('istio-egress, given what it cannot read', () => {
  write('large/large.yaml', '# padding\n'.repeat(5_000_000));
  write('large/entry.yaml', entry);
  write('binary/data.yaml', Buffer.from([0, 1, 2, 255, 254]));
  write('binary/entry.yaml', entry);

  for (const [what, path, said] of [
    [
      'a file that is not there',
      'nowhere.yaml',
      'cannot read "nowhere.yaml": there is no such file or folder',
    ],
    ['a binary file', 'binary/data.yaml', 'cannot read "binary/data.yaml": it is not text'],
    ['a file of 50 MB', 'large/large.yaml', 'cannot read "large/large.yaml": it is larger than 5 MB'],
  ] as const) {
    for (const command of [
      ['check'],
      ['audit'],
      ['graph', '--format', 'dot'],
      ['trace', 'http://a.example.com/', '--from', 'shop'],
    ]) {
      test(`${command[0]}: ${what} is one line and status 2`, () => {
        const { status, out, err } = runCli([...command, path], { cwd });
        assert.deepEqual([status, out, err], [2, '', `istio-egress ${command[0]}: ${said}\n`]);
      });
    }
  }

  test('a mesh configuration that is not there is one line too', () => {
    const { status, err } = runCli(['check', '--mesh', 'mesh.yaml', 'binary'], { cwd });
    assert.equal(status, 2);
    assert.match(err, /^istio-egress check: cannot read the mesh configuration "mesh\.yaml": .*\n$/);
  });

  for (const folder of ['large', 'binary']) {
    test(`in a folder (${folder}) it is skipped with a word, and the rest is checked`, () => {
      const { status, out, err } = runCli(['check', folder], { cwd });
      assert.equal(status, 0);
      assert.match(err, new RegExp(`^istio-egress: skipped: cannot read "${folder}/.*\\n$`));
      assert.equal(out, '1 document: 0 errors, 0 warnings, 0 info\n');
    });
  }

  test('files and folders that vanish while they are read are skipped', async () => {
    write('vanishing/a.yaml', entry);
    write('vanishing/b.yaml', entry);
    write('vanishing/sub/c.yaml', entry);
    const list = fs.readdirSync;
    const told: string[] = [];
    mock.method(process.stderr, 'write', (text: string) => told.push(text) > 0);
    mock.method(fs, 'readdirSync', (...args: Parameters<typeof list>) => {
      const found = list(...args);
      // Removing a folder lists it too.
      fs.readdirSync = list;
      rmSync(join(cwd, 'vanishing', 'a.yaml'));
      rmSync(join(cwd, 'vanishing', 'sub'), { recursive: true });
      return found;
    });
    try {
      const [input] = await readInputs([join(cwd, 'vanishing')]);
      assert.deepEqual(
        input!.files.map((it) => it.name.split('/').at(-1)),
        ['b.yaml'],
      );
    } finally {
      mock.restoreAll();
    }
    assert.equal(told.length, 2);
    assert.match(told.join(''), /sub": there is no such[\s\S]*a\.yaml": there is no such/);
  });

  for (const [what, text, code] of [
    [
      'a bracket that stays open',
      'apiVersion: networking.istio.io/v1\nkind: Gateway\nspec: [\n',
      'yaml/syntax',
    ],
    ['tabs', 'apiVersion: networking.istio.io/v1\nkind: Gateway\nspec:\n\tservers: []\n', 'yaml/tab-indent'],
    ['a key twice', `${entry}kind: Gateway\n`, 'yaml/duplicate-key'],
  ] as const) {
    test(`YAML with ${what} is a finding, and the document counts as refused`, () => {
      const { status, out } = runCli(['check', '--format', 'json', '-'], { input: text });
      assert.equal(status, 1);
      const { diagnostics } = JSON.parse(out) as { diagnostics: { code: string }[] };
      assert.ok(
        diagnostics.some((it) => it.code === code),
        out,
      );
    });
  }
});

suite('hostile manifests', () => {
  // Clears the screen, sets the title, turns text around, ends a line; once as C1 control.
  const hostile = 'a\\e[2J\\e]0;owned\\a\\u202e\\u009b31m\\u2028\\r\\nz';
  const text = entry
    .replace('resolution: DNS', `resolution: "${hostile}"`)
    .replace('name: cnn', `name: "${hostile}"`);
  write('hostile/entry.yaml', text);
  write(`hostile/\u001b[31mred\u202e.yaml`, text);

  for (const command of [
    ...['pretty', 'json', 'sarif', 'github'].map((it) => ['check', '--format', it]),
    ...['mermaid', 'svg', 'dot', 'json'].map((it) => ['graph', '--format', it]),
    ['trace', 'http://edition.cnn.com/', '--from', 'shop'],
    ['trace', 'http://edition.cnn.com/', '--from', 'shop', '--format', 'json'],
  ]) {
    test(`${command.join(' ')}: nothing reaches the terminal unescaped`, () => {
      const { out, err } = runCli([...command, 'hostile'], { cwd });
      assert.notEqual(out, '');
      assert.doesNotMatch(out + err, /(?![\t\n])[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
    });
  }

  test('no file begins a line of its own, whatever its name', () => {
    const folder = 'hostile-name';
    write(`${folder}/a\n::error::owned.yaml`, entry);
    write(`${folder}/b\n::error::owned.yaml`, entry);
    for (const command of [['check'], ['trace', 'http://edition.cnn.com/', '--from', 'shop'], ['audit']]) {
      const { out, err } = runCli([...command, folder], { cwd });
      assert.match(out, /::error::owned/, command[0]);
      assert.doesNotMatch(out + err, /^::/m, command[0]);
    }
  });

  test('a file cannot start a workflow command of its own', () => {
    const { out } = runCli(['check', '--format', 'github', 'hostile'], { cwd });
    assert.ok(out.split('\n').every((line) => line === '' || /^::(?:error|warning|notice) file=/.test(line)));
  });
});

suite('istio-egress and the processes around it', () => {
  test('a reader that leaves early is no failure', async () => {
    const child = spawn(process.execPath, [cliFile, 'check', '--format', 'json', 'examples']);
    child.stdout.once('data', () => child.stdout.destroy());
    const errors: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (it: string) => errors.push(it));
    const status = await new Promise((resolve) => child.once('close', resolve));
    assert.equal(errors.join(''), '');
    assert.ok(status === 0 || status === 1, String(status));
  });

  test('lsp --stdio answers, and ends with the client', async () => {
    const child = spawn(process.execPath, [cliFile, 'lsp', '--stdio']);
    const ended = new Promise((resolve) => child.once('close', resolve));
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.listen();
    const found = new Promise<{ diagnostics: { code: string }[] }>((resolve) => {
      connection.onNotification('textDocument/publishDiagnostics', resolve);
    });
    const { capabilities } = await connection.sendRequest<{ capabilities: { hoverProvider?: boolean } }>(
      'initialize',
      { processId: process.pid, rootUri: null, capabilities: {} },
    );
    assert.equal(capabilities.hoverProvider, true);
    await connection.sendNotification('initialized', {});
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: {
        uri: 'untitled:Untitled-1',
        languageId: 'yaml',
        version: 1,
        text: entry.replace('DNS', 'DSN'),
      },
    });
    assert.deepEqual(
      (await found).diagnostics.map((it) => it.code),
      ['schema/enum'],
    );
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    assert.equal(await ended, 0);
    connection.dispose();
  });

  test('lsp --stdio ends when its input does', async () => {
    const child = spawn(process.execPath, [cliFile, 'lsp', '--stdio']);
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.stdin.end();
    await ended;
  });
});
