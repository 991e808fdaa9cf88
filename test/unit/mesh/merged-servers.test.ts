import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { findGatewayProxy } from '../../../server/src/engine/mesh/gateways';
import { mergedGateway } from '../../../server/src/engine/mesh/merged-servers';
import { mesh } from '../../support/mesh-scene';

const host = 'istio-egressgateway.istio-system.svc.cluster.local';

function gateway(name: string, ...servers: readonly string[]): string {
  return `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: ${name}, namespace: infra}
spec:
  selector: {istio: egressgateway}
  servers:
${servers.map((it) => `  - {${it}}`).join('\n')}
---`;
}

const http = (port: number, name = 'http') =>
  `port: {number: ${port}, name: ${name}, protocol: HTTP}, hosts: ["*"]`;
const tls = (port: number, name: string, of: string) =>
  `port: {number: ${port}, name: ${name}, protocol: TLS}, hosts: [${of}], tls: {mode: PASSTHROUGH}`;
const tcp = (port: number) => `port: {number: ${port}, name: tcp, protocol: TCP}, hosts: ["*"]`;

suite('servers of Gateways on the same pods', () => {
  function merged(text: string): { readonly groups: string[]; readonly skipped: string[] } {
    const view = mesh(text);
    const { groups, skipped } = mergedGateway(view, findGatewayProxy(view, host)!);
    return {
      groups: groups.map((it) => `${it.port} ${it.protocol} ${it.servers.length}`),
      skipped: skipped.map((it) => `${it.server.gateway.name} ${it.reason} after ${it.winner?.gateway.name}`),
    };
  }

  const cases: readonly [
    what: string,
    text: string,
    groups: readonly string[],
    skipped: readonly string[],
  ][] = [
    ['a port of the Service is translated', gateway('a', http(80)), ['8080 HTTP 1'], []],
    ['a port of the pod is taken as it is', gateway('a', http(8080)), ['8080 HTTP 1'], []],
    ['so is one that no Service has', gateway('a', http(9000)), ['9000 HTTP 1'], []],
    ['HTTP servers share a port', gateway('a', http(80)) + gateway('b', http(8080)), ['8080 HTTP 2'], []],
    [
      'TLS servers share a port by name',
      gateway('a', tls(443, 'a', 'a.com')) + gateway('b', tls(443, 'b', 'b.com')),
      ['8443 TLS 2'],
      [],
    ],
    [
      'a name stands once on a port',
      gateway('a', tls(443, 'a', 'a.com')) + gateway('b', tls(8443, 'b', 'a.com')),
      ['8443 TLS 1'],
      ['b duplicate-hosts after a'],
    ],
    [
      'plain TCP shares with nobody',
      gateway('a', tcp(80)) + gateway('b', http(80)),
      ['8080 TCP 1'],
      ['b protocol-conflict after a'],
    ],
    [
      'HTTP and TLS do not mix',
      gateway('a', http(443)) + gateway('b', tls(443, 'b', 'a.com')),
      ['8443 HTTP 1'],
      ['b protocol-conflict after a'],
    ],
  ];
  for (const [what, text, groups, skipped] of cases) {
    test(what, () => assert.deepEqual(merged(text), { groups, skipped }));
  }
});
