import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { answersChanged, type PlainPlace } from '../server/src/protocol';
import {
  type AuditChoice,
  type AuditReport,
  type AuditText,
  auditRequest,
  auditTextRequest,
} from '../server/src/protocol/audit';
import { manyHosts } from './support/graph-manifests';
import { type LspClient, startingServers } from './support/lsp-client';

const start = startingServers();
const notes = readFileSync('examples/notes/egress-notes.md', 'utf8');

const ask = (client: LspClient, path: string, choice: AuditChoice = {}): Promise<AuditReport> =>
  client.connection.sendRequest(auditRequest, { uri: client.uri(path), ...choice });

const lineOf = (text: string, place: PlainPlace | undefined): string | undefined =>
  place && text.split('\n')[place.range.start.line]?.trim();

suite('an audit over the language server', () => {
  test('has the ways round the gateway first, each with the lines that decided', async () => {
    const client = await start({ 'notes.md': notes });
    const { scope, counts, rows, matching, enforcement, limits } = await ask(client, 'notes.md');
    assert.equal(scope, 'notes.md');
    assert.deepEqual(counts, { gateway: 1, direct: 1, passthrough: 1 });
    assert.equal(matching, 3);
    assert.deepEqual(
      rows.map(({ verdict, host, port, from, places }) => [
        verdict,
        host,
        port,
        from,
        lineOf(notes, places[0]),
      ]),
      [
        ['direct', 'edition.cnn.com', '443', ['default'], '- number: 443'],
        ['passthrough', '*', '*', ['default'], undefined],
        ['gateway', 'edition.cnn.com', '80', ['default'], '- match:'],
      ],
    );
    assert.match(rows[0]!.reason, /^Requests leave directly from the sidecar/);
    assert.equal(enforcement[0]?.state, 'open');
    assert.ok(limits.some((it) => it.includes('no security boundary')));
  });

  test('shows what someone looks for, and counts the rest', async () => {
    const client = await start(manyHosts(40, { unbound: [1] }));
    const path = 'gateway.yaml';
    const broken = await ask(client, path, { verdicts: ['broken'] });
    assert.deepEqual(
      broken.rows.map((it) => it.host),
      ['host-001.example.com'],
    );
    assert.ok(broken.counts.gateway! > 30);
    const named = await ask(client, path, { filter: 'HOST-002 gateway' });
    assert.ok(named.rows.length > 0 && named.rows.every((it) => it.host === 'host-002.example.com'));
    const few = await ask(client, path, { most: 5 });
    assert.deepEqual([few.rows.length, few.matching > 5], [5, true]);
    const none = await ask(client, path, { filter: 'nowhere' });
    assert.deepEqual([none.rows.length, none.matching, none.empty], [0, 0, undefined]);
  });

  test('is announced to be another once someone has asked', async () => {
    const files = manyHosts(1);
    const client = await start(files);
    let told = 0;
    client.connection.onNotification(answersChanged, () => {
      told++;
    });
    assert.equal((await ask(client, 'gateway.yaml')).counts.broken, undefined);
    await client.open('gateway.yaml', files['gateway.yaml']!);
    await client.type('gateway.yaml', files['gateway.yaml']!.replace('*.example.com', '*.example.org'));
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.equal(told, 1);
    assert.equal((await ask(client, 'gateway.yaml')).counts.broken, 1);
  });

  test('is left alone once someone has asked anew', async () => {
    const namespaces = Array.from({ length: 20 }, (_, index) => {
      return `apiVersion: v1\nkind: Namespace\nmetadata: {name: team-${index}}\n`;
    });
    const client = await start({ ...manyHosts(300), 'namespaces.yaml': namespaces.join('---\n') });
    const outdated = assert.rejects(ask(client, 'gateway.yaml'), /somebody has asked anew/);
    const { counts } = await ask(client, 'gateway.yaml');
    await outdated;
    assert.ok(Object.values(counts).reduce((sum, it) => sum + it, 0) > 6000);
  });

  test('says why there is nothing, and what to do', async () => {
    const client = await start({
      'empty.yaml': '',
      'half/half.yaml': 'apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nspec:\n  hosts: [',
    });
    for (const path of ['empty.yaml', 'half/half.yaml', 'nowhere.yaml']) {
      const { rows, empty } = await ask(client, path);
      assert.deepEqual(rows, []);
      assert.ok(empty && empty.title !== '' && empty.advice !== '', path);
    }
  });

  test('is a text to keep', async () => {
    const client = await start({ 'k8s/notes.md': notes });
    const text = async (format: string): Promise<string> => {
      const params = { uri: client.uri('k8s/notes.md'), format };
      return (await client.connection.sendRequest<AuditText>(auditTextRequest, params)).text;
    };
    assert.match(await text('markdown'), /^# Egress audit\n\n3 ways: .*\| k8s\/notes\.md:\d+:\d+/s);
    assert.match(await text('csv'), /^host,port,protocol,from,verdict,via,reason,decidedBy\n/);
  });
});
