import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { entry, http, object, reasons, route, tls } from '../../support/reason-scene';

suite('what might have decided otherwise at a gateway', () => {
  const server = (name: string, port: string, host: string): string =>
    object(
      'Gateway',
      name,
      `{selector: {istio: egressgateway}, servers: [{port: ${port}, hosts: [${host}]}]}`,
    );
  const toGateway = (name: string, gateways: string): string =>
    route(
      name,
      `{hosts: [a.com], gateways: ${gateways}, http: [{match: [{gateways: [mesh]}], route: [{destination: {host: istio-egressgateway.istio-system.svc.cluster.local, port: {number: 80}}}]}]}`,
    );

  test('a VirtualService that is bound to another one', () => {
    const text = entry('a', 'a.com') + server('out', http, 'a.com') + toGateway('first', '[mesh, other]');
    const found = reasons(text, 'http://a.com');
    assert.ok(
      found.includes(
        'VirtualService "shop/first" has this host, but is bound to "mesh" and "shop/other" and to no Gateway of this proxy',
      ),
      found.join('\n'),
    );
  });

  test('a server for other hosts', () => {
    const text = entry('a', 'a.com') + server('out', http, 'b.com') + toGateway('first', '[mesh, out]');
    const found = reasons(text, 'http://a.com');
    assert.ok(found.includes('Gateway "shop/out" serves "b.com" only'), found.join('\n'));
  });

  test('a server on another port', () => {
    const text = entry('a', 'a.com') + server('out', '{number: 443, name: http, protocol: HTTP}', 'a.com');
    const found = reasons(text + toGateway('first', '[mesh, out]'), 'http://a.com');
    assert.deepEqual(found, [
      'Gateway "shop/out" has a server for port 443, which listens on port 8443 of the pods',
    ]);
  });

  test('a server that nothing is bound to', () => {
    const toOut = `{hosts: [a.com], gateways: [mesh, wrong], tls: [{match: [{gateways: [mesh], sniHosts: [a.com]}], route: [{destination: {host: istio-egressgateway.istio-system.svc.cluster.local, port: {number: 443}}}]}]}`;
    const out = object(
      'Gateway',
      'out',
      '{selector: {istio: egressgateway}, servers: [{port: {number: 443, name: tls, protocol: TLS}, tls: {mode: PASSTHROUGH}, hosts: [a.com]}]}',
    );
    assert.deepEqual(reasons(entry('a', 'a.com', tls) + out + route('one', toOut), 'https://a.com'), [
      'Gateway "shop/out" has a server for port 443, but no route that is bound to it fits, so nothing listens',
      'VirtualService "shop/one" has this host, but is bound to "mesh" and "shop/wrong" and to no Gateway of this proxy',
    ]);
  });

  test('a server that another one has pushed out', () => {
    const text =
      entry('a', 'a.com') +
      server('one', '{number: 80, name: tcp, protocol: TCP}', 'a.com') +
      server('two', http, 'a.com');
    const found = reasons(text + toGateway('first', '[mesh, two]'), 'http://a.com');
    assert.ok(
      found.some((it) => /^A server of Gateway "shop\/two" is left out: Gateway "shop\/one"/.test(it)),
      found.join('\n'),
    );
  });
});
