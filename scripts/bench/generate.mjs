// A workspace that is the same for the same arguments: external hosts, twenty to a namespace, each with its four
// objects, and beside them the Services and Deployments of their clients.
import path from 'node:path';
import {
  deployment,
  destinationRule,
  EGRESS,
  gateway,
  namespace,
  service,
  serviceEntry,
  sidecar,
  virtualService,
} from './manifests.mjs';

function rng(seed) {
  // mulberry32
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const WORDS = [
  'billing',
  'ledger',
  'search',
  'maps',
  'mail',
  'auth',
  'metrics',
  'video',
  'orders',
  'stock',
  'rates',
  'tax',
  'geo',
  'push',
  'sms',
  'pay',
  'risk',
  'audit',
  'media',
  'cdn',
  'feed',
  'news',
  'weather',
  'crm',
  'files',
  'vault',
];
const TLDS = ['com', 'io', 'net', 'org', 'cloud', 'co.uk'];
const HOSTS_PER_NAMESPACE = 20;

/** Yields the documents in file order. */
export function* generate({ hosts = 100, seed = 1, perNamespace = HOSTS_PER_NAMESPACE } = {}) {
  const r = rng(seed);
  const doc = (namespaceName, dir, kind, name, text, host) => ({
    namespace: namespaceName,
    kind,
    name,
    host,
    text,
    path: path.posix.join(namespaceName, dir, `${kind.toLowerCase()}-${name}.yaml`),
    group: path.posix.join(namespaceName, `${dir || 'platform'}.yaml`),
  });
  yield doc('istio-system', '', 'Namespace', 'istio-system', namespace('istio-system'));
  yield doc(
    'istio-system',
    '',
    'Deployment',
    'istio-egressgateway',
    deployment(
      'istio-egressgateway',
      'istio-system',
      [
        ['app', 'istio-egressgateway'],
        ['istio', 'egressgateway'],
      ],
      'docker.io/istio/proxyv2:1.27.0',
      2,
    ),
  );
  yield doc(
    'istio-system',
    '',
    'Service',
    'istio-egressgateway',
    service(
      'istio-egressgateway',
      'istio-system',
      [
        ['app', 'istio-egressgateway'],
        ['istio', 'egressgateway'],
      ],
      [
        ['http2', 80, 8080],
        ['https', 443, 8443],
      ],
    ),
  );
  for (let i = 0; i < hosts; i++) {
    const nsIndex = Math.floor(i / perNamespace);
    const ns = `team-${String(nsIndex).padStart(4, '0')}`;
    if (i % perNamespace === 0) {
      yield doc(ns, '', 'Namespace', ns, namespace(ns));
      for (let a = 0; a < 2; a++) {
        const app = `${WORDS[(nsIndex + a * 7) % WORDS.length]}-api-${a}`;
        yield doc(
          ns,
          '',
          'Deployment',
          app,
          deployment(
            app,
            ns,
            [
              ['app', app],
              ['version', 'v1'],
            ],
            `registry.example.com/${ns}/${app}:1.${nsIndex}.${a}`,
            1 + Math.floor(r() * 4),
          ),
        );
        yield doc(ns, '', 'Service', app, service(app, ns, [['app', app]], [['http', 80, 8080]]));
      }
      yield doc(ns, '', 'Sidecar', 'default', sidecar(ns));
    }
    const w = WORDS[Math.floor(r() * WORDS.length)],
      v = WORDS[Math.floor(r() * WORDS.length)];
    const id = `${w}-${v}-${i}`;
    const host = `${w}.${v}${i}.example.${TLDS[Math.floor(r() * TLDS.length)]}`;
    const tls = r() < 0.3,
      pool = r() < 0.4 ? 50 + Math.floor(r() * 400) : 0,
      retry = r() < 0.3 ? 5 + Math.floor(r() * 25) : 0;
    const h = {
      id,
      host,
      ns,
      tls,
      pool,
      retry,
      vsGateway: `${id}-egress`,
      vsHost: EGRESS,
      vsSubset: id,
      vsPort: 80,
    };
    // One number is drawn for nothing, so that the same seed gives the workspace of earlier measurements.
    r();
    yield doc(ns, id, 'ServiceEntry', id, serviceEntry(h), host);
    yield doc(ns, id, 'Gateway', `${id}-egress`, gateway(h), host);
    yield doc(ns, id, 'DestinationRule', `egressgateway-for-${id}`, destinationRule(h), host);
    yield doc(ns, id, 'VirtualService', `${id}-through-egress-gateway`, virtualService(h), host);
  }
}
