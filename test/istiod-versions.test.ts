import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Engine } from '../server/src/engine/engine';
import type { IstioVersion } from '../server/src/engine/schema/versions';
import { defaultSettings } from '../server/src/engine/workspace/settings';
import { head } from './support/structure';

const newType = 'envoy.extensions.filters.http.proto_api_scrubber.v3.ProtoApiScrubberConfig';

const engineFor = (text: string, targetVersion?: IstioVersion): Engine => {
  const scope = { ...defaultSettings.scope, ...(targetVersion && { targetVersion }) };
  const engine = new Engine({ ...defaultSettings, single: true, keepLastGood: false, scope });
  engine.change([{ uri: 'a.yaml', path: 'a.yaml', text }]);
  return engine;
};

suite('istiod of some version', () => {
  const istiod = (text: string, version?: IstioVersion): string[] =>
    engineFor(text, version)
      .diagnostics('a.yaml')
      .filter((it) => it.layer === 'istiod' && it.code !== 'envoy-filter/internal-api')
      .map(({ severity, code }) => `${severity} ${code}`);

  const route = '[{ route: [{ destination: { host: a.com } }]';
  const accepted: readonly (readonly [what: string, text: string, bad: IstioVersion, good: IstioVersion])[] =
    [
      [
        'accounts in conditions',
        `${head('AuthorizationPolicy')}spec: { rules: [{ when: [{ key: source.serviceAccount, values: [a] }] }] }\n`,
        '1.24',
        '1.25',
      ],
      [
        'trust domains in conditions',
        `${head('AuthorizationPolicy')}spec: { rules: [{ when: [{ key: source.trustDomain, values: [a] }] }] }\n`,
        '1.29',
        '1.30',
      ],
      [
        'all methods',
        `${head('VirtualService')}spec: { hosts: [a.com], http: ${route}, corsPolicy: { allowMethods: ["*"] } }] }\n`,
        '1.25',
        '1.26',
      ],
      [
        'an underscore in a header',
        `${head('RequestAuthentication')}spec: { jwtRules: [{ issuer: a, outputClaimToHeaders: [{ header: a_b, claim: c }] }] }\n`,
        '1.25',
        '1.26',
      ],
      [
        'a warm-up that slows down',
        `${head('DestinationRule')}spec: { host: a.com, trafficPolicy: { loadBalancer: { simple: ROUND_ROBIN, warmup: { duration: 1s, aggression: 0.5 } } } }\n`,
        '1.30',
        '1.31',
      ],
      [
        'TLS to hosts found by name',
        `${head('ServiceEntry')}spec: { hosts: ["*.a.com"], location: MESH_EXTERNAL, resolution: DYNAMIC_DNS, ports: [{ number: 443, name: a, protocol: TLS }] }\n`,
        '1.28',
        '1.29',
      ],
      [
        'gRPC to hosts found by name',
        `${head('ServiceEntry')}spec: { hosts: ["*.a.com"], location: MESH_EXTERNAL, resolution: DYNAMIC_DNS, ports: [{ number: 80, name: a, protocol: GRPC }] }\n`,
        '1.29',
        '1.30',
      ],
      [
        'hosts inside the mesh found by name',
        `${head('ServiceEntry')}spec: { hosts: ["*.a.com"], location: MESH_INTERNAL, resolution: DYNAMIC_DNS, ports: [{ number: 80, name: a, protocol: HTTP }] }\n`,
        '1.29',
        '1.30',
      ],
    ];
  for (const [what, text, bad, good] of accepted) {
    test(`${what}: refused by istiod before ${good}`, () => {
      assert.deepEqual(
        istiod(text, bad).map((it) => it.split(' ')[0]),
        ['error'],
      );
      assert.deepEqual([istiod(text, good), istiod(text)], [[], []]);
    });
  }

  const tls = '{ mode: SIMPLE, credentialName: a, serverCertificate: b, privateKey: c }';
  const refused: readonly (readonly [
    text: string,
    told: string,
    before: IstioVersion,
    since: IstioVersion,
  ])[] = [
    [
      `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: a, annotations: { internal.istio.io/parents: a } }\nspec: { hosts: [a.com], http: ${route} }] }\n`,
      'error istiod/annotation',
      '1.26',
      '1.27',
    ],
    [
      `${head('Gateway')}spec: { servers: [{ hosts: [a.com], port: { number: 443, name: a, protocol: HTTPS }, tls: ${tls} }] }\n`,
      'error istiod/server-tls',
      '1.26',
      '1.27',
    ],
    [
      `${head('DestinationRule')}spec: { host: a.com, trafficPolicy: { tls: { mode: SIMPLE, credentialName: "configmap://a" } } }\n`,
      'error destination-rule/client-tls',
      '1.25',
      '1.26',
    ],
    [
      `${head('RequestAuthentication')}spec: { jwtRules: [{ issuer: a, jwks: '{"keys":[{"kty":"oct","k":"AAAA"}]}' }] }\n`,
      'warning request-authentication/private-key',
      '1.29',
      '1.30',
    ],
  ];
  for (const [text, told, before, since] of refused) {
    test(`${told}: information before ${since}`, () => {
      assert.deepEqual(istiod(text, before), [told.replace(/^\w+/, 'info')]);
      assert.deepEqual([istiod(text, since), istiod(text)], [[told], [told]]);
      const message = engineFor(text, before)
        .diagnostics('a.yaml')
        .find((it) => it.layer === 'istiod')?.message;
      assert.match(message ?? '', new RegExp(`since Istio ${since}; this mesh has ${before}\\)$`));
    });
  }

  test('types of EnvoyFilters: told before 1.27', () => {
    const text = `${head('EnvoyFilter')}spec: { configPatches: [{ applyTo: HTTP_FILTER, patch: { operation: ADD, value: { typed_config: { "@type": type.googleapis.com/${newType} } } } }] }\n`;
    const told = (version?: IstioVersion) =>
      engineFor(text, version)
        .diagnostics('a.yaml')
        .flatMap(({ severity, message }) => (severity === 'error' ? [message] : []));
    assert.match(told('1.26').join(), /is known to istiod since Istio 1.27; this mesh has 1.26/);
    assert.deepEqual([told('1.27'), told()], [[], []]);
  });
});
