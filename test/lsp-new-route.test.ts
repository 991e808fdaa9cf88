import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  type GenerateParams,
  type GenerateResult,
  generateRequest,
  type HostTrouble,
  hostTroubleRequest,
  type RouteChoices,
  routeChoicesRequest,
} from '../server/src/protocol';
import { type LspClient, startingServers } from './support/lsp-client';

const gateway = `apiVersion: v1
kind: Service
metadata: {name: outbound, namespace: egress}
spec:
  selector: {istio: egressgateway, app: outbound}
  ports: [{port: 80, name: http}, {port: 443, name: tls}]
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: outbound, namespace: egress}
spec:
  selector: {app: outbound}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [www.example.com]
`;
const entry = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: cnn, namespace: shop}
spec:
  hosts: [edition.cnn.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: DNS
`;

suite('a new egress route, from a host name', () => {
  const start = startingServers();
  const generate = (client: LspClient, params: GenerateParams): Promise<GenerateResult> =>
    client.connection.sendRequest(generateRequest, params);

  const kinds = ({ files }: GenerateResult): string[][] =>
    files.map(({ text }) => [...text.matchAll(/^kind: (\w+)$/gm)].map((it) => it[1]!));

  test('names of the host are judged while they are typed', async () => {
    const client = await start({ 'entry.yaml': entry });
    const trouble = async (host: string): Promise<string | undefined> =>
      (await client.connection.sendRequest<HostTrouble>(hostTroubleRequest, { host })).trouble;
    assert.equal(await trouble('api.example.com'), undefined);
    assert.equal(await trouble(' API.example.com. '), undefined);
    for (const [host, said] of [
      ['', /no full host name/],
      ['api', /no full host name/],
      ['https://api.example.com', /no full host name/],
      ['203.0.113.7', /no full host name/],
      ['*.example.com', /stands for many hosts/],
      ['reviews.shop.svc.cluster.local', /Service of the cluster/],
    ] as const) {
      assert.match((await trouble(host)) ?? '', said, host);
    }
  });

  test('gateways and namespaces come from the scope, without one there are the stock ones', async () => {
    const client = await start({ 'gateway.yaml': gateway, 'entry.yaml': entry });
    const ask = (uri?: string): Promise<RouteChoices> =>
      client.connection.sendRequest(routeChoicesRequest, uri === undefined ? {} : { uri });
    const found = await ask(client.uri('entry.yaml'));
    assert.equal(found.gateways[0]?.service, 'egress/outbound');
    assert.deepEqual(found.namespaces, ['shop', 'default', 'egress', 'istio-system']);
    assert.deepEqual(await ask(client.uri('new/route.yaml')), {
      ...found,
      namespaces: ['default', 'egress', 'istio-system', 'shop'],
    });
    const none = await ask();
    assert.deepEqual(none.namespaces, ['default', 'istio-system']);
    assert.ok(none.gateways.every((it) => it.service === 'istio-system/istio-egressgateway'));
  });

  test('every pattern gives documents in the order they are applied, in one file or several', async () => {
    const client = await start({});
    for (const pattern of ['http', 'tls-passthrough', 'originate-gateway', 'originate-sidecar'] as const) {
      const wish = { host: 'api.example.com', pattern, namespace: 'shop' };
      const one = await generate(client, { ...wish, layout: 'one' });
      const several = await generate(client, { ...wish, layout: 'several' });
      assert.equal(one.files.length, 1);
      assert.deepEqual(kinds(several).flat(), kinds(one).flat());
      assert.ok(several.files.length >= 2, pattern);
      assert.equal(new Set(several.files.map((it) => it.name)).size, several.files.length);
      assert.ok(one.files[0]!.text.includes('namespace: shop'));
      const written = await client.open(`${pattern}.yaml`, one.files[0]!.text);
      assert.deepEqual(written, [], pattern);
      await client.close(`${pattern}.yaml`);
    }
  });

  test('in a scope only what is missing is written, and what is there is edited in place', async () => {
    const client = await start({ 'entry.yaml': entry });
    const wish = { host: 'edition.cnn.com', namespace: 'shop', uri: client.uri('entry.yaml') };
    const first = await generate(client, wish);
    assert.ok(!kinds(first).flat().includes('ServiceEntry'));
    assert.deepEqual(first.edits, []);
    client.write('route.yaml', first.files[0]!.text.replace('    - mesh\n', ''));
    await client.watched('route.yaml', 1);
    const second = await generate(client, wish);
    assert.deepEqual(second.files, []);
    assert.deepEqual(
      second.edits.map((it) => it.uri),
      [client.uri('route.yaml')],
    );
    client.write('route.yaml', first.files[0]!.text);
    await client.watched('route.yaml', 2);
    const third = await generate(client, wish);
    assert.deepEqual([third.files, third.edits], [[], []]);
    assert.deepEqual(third.notes, ['The route for "edition.cnn.com" is complete already']);
  });

  test('what cannot be written says why', async () => {
    const client = await start({});
    const { refused, files } = await generate(client, { host: '*.example.com' });
    assert.match(refused!, /stands for many hosts/);
    assert.deepEqual(files, []);
  });
});
