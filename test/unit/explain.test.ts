import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { decisionWords } from '../../server/src/engine/explain/decision-words';
import { explainTrace } from '../../server/src/engine/explain/explain-trace';
import { lensWords } from '../../server/src/engine/explain/lens-words';
import { outcomeWords } from '../../server/src/engine/explain/outcome-words';
import type { Outcome, Request } from '../../server/src/engine/traffic/request';
import { mesh } from '../support/mesh-scene';
import { entry, http, object, route, tls } from '../support/reason-scene';
import { trafficCases, viewOf } from '../support/traffic-cases';

const outcomes: readonly Outcome[] = [
  'external',
  'mesh',
  'passthrough',
  'blocked',
  'no-route',
  'no-virtual-host',
  'no-cluster',
  'no-endpoints',
  'no-listener',
  'no-filter-chain',
  'ambiguous-filter-chain',
  'tls-mismatch',
  'protocol-error',
  'loop',
  'direct-response',
  'redirect',
  'other-cluster',
  'not-evaluated',
];
const arriving: readonly Outcome[] = ['external', 'mesh', 'direct-response', 'redirect'];

suite('how a request ends', () => {
  for (const outcome of outcomes) {
    test(`${outcome} has words of its own, and advice unless it arrives`, () => {
      const path = { outcome, via: [], tls: [], weight: 0, hops: [{ proxy: 'gateway a/b', decidedBy: [] }] };
      const { title, advice } = outcomeWords(path, 'a.com:80');
      assert.doesNotMatch(`${title} ${advice}`, /TARGET|WHERE|\.$/);
      assert.equal(advice === undefined, arriving.includes(outcome), advice);
    });
  }
});

suite('what decided', () => {
  const text =
    entry('a', 'a.com', `${http}, ${tls}`) +
    object(
      'Gateway',
      'out',
      `{selector: {istio: egressgateway}, servers: [{port: ${http}, hosts: [a.com, b.com]}]}`,
    ) +
    object(
      'DestinationRule',
      'rule',
      '{host: a.com, subsets: [{name: blue, trafficPolicy: {portLevelSettings: [{port: {number: 80}, tls: {mode: SIMPLE, sni: b.com}}]}}]}',
    ) +
    route(
      'one',
      '{hosts: [a.com], http: [{name: main, match: [{uri: {prefix: /x}, headers: {v: {exact: "2"}}}], route: [{destination: {host: a.com, subset: blue, port: {number: 80}}, weight: 90}, {destination: {host: b.com}, weight: 10}]}, {redirect: {uri: /}}]}',
    );
  const view = mesh(text);
  const [gateway, rule, service, se] = [
    view.all('Gateway')[0]!,
    view.all('DestinationRule')[0]!,
    view.all('VirtualService')[0]!,
    view.all('ServiceEntry')[0]!,
  ];
  const words: readonly [said: string, of: Parameters<typeof decisionWords>[0]][] = [
    [
      'VirtualService "shop/one" sends it to a.com:80, subset "blue" (weight 90) and b.com (weight 10) by http[0] "main"',
      { resource: service, path: ['spec', 'http', 0] },
    ],
    [
      'VirtualService "shop/one" asks for path that starts with "/x", header "v" "2" in http[0].match[0], which fits',
      { resource: service, path: ['spec', 'http', 0, 'match', 0] },
    ],
    ['VirtualService "shop/one" answers it by http[1]', { resource: service, path: ['spec', 'http', 1] }],
    [
      'Gateway "shop/out" takes it in by servers[0]: port 80, HTTP, for "a.com" and "b.com"',
      { resource: gateway, path: ['spec', 'servers', 0] },
    ],
    [
      'ServiceEntry "shop/a" registers "a.com" with port 443 (TLS)',
      { resource: se, path: ['spec', 'ports', 1] },
    ],
    [
      'DestinationRule "shop/rule" has the subset "blue" for "a.com"',
      { resource: rule, path: ['spec', 'subsets', 0] },
    ],
    [
      'DestinationRule "shop/rule" asks for TLS mode SIMPLE with server name "b.com" for "a.com" port 80',
      { resource: rule, path: ['spec', 'subsets', 0, 'trafficPolicy', 'portLevelSettings', 0, 'tls'] },
    ],
    ['Gateway "shop/out" takes part in this', { resource: gateway, path: ['spec', 'servers', 9] }],
  ];
  for (const [said, of] of words) {
    test(said, () => assert.equal(decisionWords(of), said));
  }

  test('something is said at every proxy of every recorded request, and never an exception', () => {
    for (const it of [...trafficCases('bases.jsonl'), ...trafficCases('mutants.jsonl')]) {
      const all = viewOf(it);
      for (const call of it.calls) {
        const ways = explainTrace(all, call);
        const hops = ways.flatMap((way) => way.hops);
        assert.ok(ways.length > 0 && hops.every(({ decisions }) => decisions.length > 0));
        const said = hops.flatMap(({ decisions, others }) =>
          [...decisions, ...others].map((one) => one.words),
        );
        assert.ok(
          said.every((one) => !/undefined|NaN|\[object/.test(one)),
          said.join('\n'),
        );
        assert.ok(said.length < 60, `${it.id}: ${said.length} reasons`);
      }
    }
  });
});

suite('a line above a host', () => {
  const ask = (scheme: Request['scheme'], port: number): Request[] => [
    { from: { namespace: 'shop' }, scheme, host: 'a.com', port },
  ];
  const to = (host: string, more = ''): string => `{destination: {host: ${host}}${more}}`;
  const lines: readonly [said: string, text: string, request: Request[], mesh?: string][] = [
    ['→ directly → a.com:80', entry('a', 'a.com'), ask('http', 80)],
    ['→ directly, not registered → a.com:80', '', ask('http', 80)],
    [
      '✗ a.com:80 blocked, 502: the host is not registered',
      entry('b', 'b.com'),
      ask('http', 80),
      '{outboundTrafficPolicy: {mode: REGISTRY_ONLY}}',
    ],
    [
      '→ a.com:80 or b.com:80',
      entry('a', 'a.com') +
        entry('b', 'b.com') +
        route(
          'one',
          `{hosts: [a.com], http: [{route: [${to('a.com', ', weight: 1')}, ${to('b.com', ', weight: 1')}]}]}`,
        ),
      ask('http', 80),
    ],
    [
      '→ answer 418',
      entry('a', 'a.com') + route('one', '{hosts: [a.com], http: [{directResponse: {status: 418}}]}'),
      ask('http', 80),
    ],
  ];
  for (const [said, text, requests, config] of lines) {
    test(said, () => {
      const view = mesh(text, config === undefined ? {} : { mesh: config });
      assert.equal(lensWords(view, requests), said);
    });
  }
});
