import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Engine } from '../../../server/src/engine/engine';
import { applyEdits } from '../../../server/src/engine/text/edit';
import { defaultSettings } from '../../../server/src/engine/workspace/settings';

/** A route to the stock egress gateway for all names of two domains; `onward` is what the gateway's own route is for. */
function files(served: string, onward: string): string {
  return `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: egress, namespace: shop }
spec:
  selector: { istio: egressgateway }
  servers:
    - port: { number: 443, name: tls, protocol: TLS }
      hosts: [${served}]
      tls: { mode: PASSTHROUGH }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: out, namespace: shop }
spec:
  hosts: ["*.example.com", "*.example.org", www.example.net]
  gateways: [mesh, egress]
  tls:
    - match: [{ gateways: [mesh], port: 443, sniHosts: ["*.example.com", "*.example.org"] }]
      route:
        - destination: { host: istio-egressgateway.istio-system.svc.cluster.local, port: { number: 443 } }
    - match: [{ gateways: [egress], port: 443, sniHosts: [${onward}] }]
      route:
        - destination: { host: bank.example.com, port: { number: 443 } }
`;
}

function found(text: string): { readonly message: string | undefined; readonly fixed: readonly string[] } {
  const engine = new Engine(defaultSettings);
  engine.change([{ uri: 'a.yaml', path: 'a.yaml', text }]);
  const finding = engine
    .diagnostics('a.yaml')
    .map((it) => it.finding)
    .find((it) => it.code === 'virtual-service/sni-wider-than-gateway');
  const fixes = finding ? engine.fixes(finding) : [];
  const fixed = fixes.map(({ edits }) => applyEdits(text, edits.get('a.yaml') ?? []));
  return {
    message: finding?.message.split(', which ')[1],
    fixed: fixed.map((it) => /mesh\], port: 443, sniHosts: (.*) }]/.exec(it)?.[1] ?? ''),
  };
}

suite('what a gateway takes of a wildcard', () => {
  test('is all that is named, and what else the route is for stays', () => {
    const served = 'bank.example.com, www.example.net, "*.example.org"';
    assert.deepEqual(found(files(served, served)), {
      message: 'takes only "bank.example.com": connections to the others end there',
      fixed: ['["bank.example.com", "*.example.org"]'],
    });
  });

  test('may be nothing, and then there is nothing to send there', () => {
    assert.deepEqual(found(files('bank.example.com', 'shop.example.com')), {
      message: 'takes none of them: these connections end there',
      fixed: [],
    });
  });
});
