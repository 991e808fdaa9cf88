#!/usr/bin/env node
// Deterministic Istio egress workspace generator (no dependencies).
//
//   node gen.mjs --hosts 1000 --layout one|perhost|many --out DIR [--seed 1] [--faults 0] [--crlf]
//
// layout one     : DIR/all.yaml, every document in one multi-document file
//        perhost : DIR/<ns>/<host>.yaml, one file per external host (its four documents)
//        many    : DIR/<ns>/<host>/<kind>.yaml, one document per file
// faults F       : F faults per 1000 hosts, listed in DIR/faults.json (dangling subset, gateway, host, port)
//
// Same arguments, same bytes. As a module: generate(opts) yields {path, kind, name, namespace, host, text}.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export function rng(seed) {
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
const HOSTS_PER_NS = 20;
const EGRESS = 'istio-egressgateway.istio-system.svc.cluster.local';

const serviceEntry = (h) => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: ${h.id}
  namespace: ${h.ns}
  labels:
    app.kubernetes.io/part-of: egress
    team: ${h.ns}
spec:
  hosts:
  - ${h.host}
  exportTo:
  - "."
  - istio-system
  location: MESH_EXTERNAL
  ports:
  - number: 80
    name: http
    protocol: HTTP
  - number: 443
    name: https
    protocol: TLS
  resolution: DNS
`;

const gateway = (h) => `# egress for ${h.host}
apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: ${h.id}-egress
  namespace: ${h.ns}
spec:
  selector:
    istio: egressgateway
  servers:
  - port:
      number: 80
      name: http
      protocol: HTTP
    hosts:
    - ${h.host}
${
  h.tls
    ? `  - port:
      number: 443
      name: tls
      protocol: TLS
    hosts:
    - ${h.host}
    tls:
      mode: PASSTHROUGH
`
    : ''
}`;

const destinationRule = (h) => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: egressgateway-for-${h.id}
  namespace: ${h.ns}
spec:
  host: ${EGRESS}
  subsets:
  - name: ${h.id}
${
  h.pool
    ? `    trafficPolicy:
      loadBalancer:
        simple: ROUND_ROBIN
      connectionPool:
        tcp: {maxConnections: ${h.pool}}
      portLevelSettings:
      - port:
          number: 80
        outlierDetection:
          consecutive5xxErrors: 5
          interval: 30s
          baseEjectionTime: 30s
`
    : ''
}`;

const virtualService = (h) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: ${h.id}-through-egress-gateway
  namespace: ${h.ns}
spec:
  hosts:
  - ${h.host}
  gateways:
  - ${h.vsGateway}
  - mesh
  http:
  - match:
    - gateways:
      - mesh
      port: 80
    route:
    - destination:
        host: ${h.vsHost}
        subset: ${h.vsSubset}
        port:
          number: ${h.vsPort}
      weight: 100
  - match:
    - gateways:
      - ${h.vsGateway}
      port: 80
    route:
    - destination:
        host: ${h.host}
        port:
          number: 80
      weight: 100
${
  h.retry
    ? `    timeout: ${h.retry}s
    retries:
      attempts: 3
      perTryTimeout: 2s
      retryOn: 5xx,connect-failure
`
    : ''
}${
  h.tls
    ? `  tls:
  - match:
    - gateways:
      - mesh
      port: 443
      sniHosts:
      - ${h.host}
    route:
    - destination:
        host: ${EGRESS}
        subset: ${h.id}
        port:
          number: 443
  - match:
    - gateways:
      - ${h.id}-egress
      port: 443
      sniHosts:
      - ${h.host}
    route:
    - destination:
        host: ${h.host}
        port:
          number: 443
      weight: 100
`
    : ''
}`;

const namespace = (name) => `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
  labels:
    istio-injection: enabled
`;

const service = (name, ns, selector, ports) => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${ns}
  labels:
    app: ${name}
spec:
  selector:
${selector.map(([k, v]) => `    ${k}: ${v}\n`).join('')}  ports:
${ports.map(([n, p, t]) => `  - name: ${n}\n    port: ${p}\n    targetPort: ${t}\n`).join('')}`;

const deployment = (name, ns, labels, image, replicas) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${ns}
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
${labels.map(([k, v]) => `      ${k}: ${v}\n`).join('')}  template:
    metadata:
      labels:
${labels.map(([k, v]) => `        ${k}: ${v}\n`).join('')}    spec:
      serviceAccountName: ${name}
      containers:
      - name: ${name}
        image: "${image}"
        imagePullPolicy: IfNotPresent
        args: ["--port", "8080"]
        ports:
        - containerPort: 8080
          name: http
        env:
        - name: LOG_LEVEL
          value: info
        resources:
          requests: {cpu: 100m, memory: 128Mi}
          limits:
            cpu: "1"
            memory: 512Mi
        readinessProbe:
          httpGet: {path: /healthz, port: http}
`;

const sidecar = (ns) => `apiVersion: networking.istio.io/v1
kind: Sidecar
metadata:
  name: default
  namespace: ${ns}
spec:
  egress:
  - hosts:
    - "./*"
    - istio-system/*
  outboundTrafficPolicy:
    mode: REGISTRY_ONLY
`;

/** Yields the documents in file order. `faults` collects the injected faults when an array is given. */
export function* generate({ hosts = 100, seed = 1, faultsPerMille = 0, faults = [] } = {}) {
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
    const nsIndex = Math.floor(i / HOSTS_PER_NS);
    const ns = `team-${String(nsIndex).padStart(4, '0')}`;
    if (i % HOSTS_PER_NS === 0) {
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
    if (r() * 1000 < faultsPerMille) {
      const what = ['subset', 'gateway', 'host', 'port'][Math.floor(r() * 4)];
      if (what === 'subset') h.vsSubset = `${id}-typo`;
      if (what === 'gateway') h.vsGateway = `${id}-egres`;
      if (what === 'host') h.vsHost = 'istio-egressgatway.istio-system.svc.cluster.local';
      if (what === 'port') h.vsPort = 8081;
      faults.push({ what, namespace: ns, virtualService: `${id}-through-egress-gateway`, host });
    }
    yield doc(ns, id, 'ServiceEntry', id, serviceEntry(h), host);
    yield doc(ns, id, 'Gateway', `${id}-egress`, gateway(h), host);
    yield doc(ns, id, 'DestinationRule', `egressgateway-for-${id}`, destinationRule(h), host);
    yield doc(ns, id, 'VirtualService', `${id}-through-egress-gateway`, virtualService(h), host);
  }
}

export const oneFile = (opts) => [...generate(opts)].map((d) => d.text).join('---\n');

export function writeCorpus({ out, layout = 'one', crlf = false, ...opts }) {
  const eol = (s) => (crlf ? s.replaceAll('\n', '\r\n') : s);
  const faults = [],
    docs = [...generate({ ...opts, faults })];
  const files = new Map();
  for (const d of docs) {
    const key = layout === 'one' ? 'all.yaml' : layout === 'perhost' ? d.group : d.path;
    if (files.has(key)) files.get(key).push(d.text);
    else files.set(key, [d.text]);
  }
  fs.rmSync(out, { recursive: true, force: true });
  const made = new Set();
  let bytes = 0;
  for (const [key, texts] of files) {
    const file = path.join(out, key),
      dir = path.dirname(file),
      text = eol(texts.join('---\n'));
    if (!made.has(dir)) {
      fs.mkdirSync(dir, { recursive: true });
      made.add(dir);
    }
    fs.writeFileSync(file, text);
    bytes += Buffer.byteLength(text);
  }
  if (opts.faultsPerMille) fs.writeFileSync(path.join(out, 'faults.json'), JSON.stringify(faults, null, 1));
  return { files: files.size, docs: docs.length, bytes, faults: faults.length };
}

if (process.argv[1] && fileURLToPath(import.meta.url) === fs.realpathSync(process.argv[1])) {
  const arg = (k, d) => {
    const i = process.argv.indexOf(`--${k}`);
    return i < 0 ? d : process.argv[i + 1];
  };
  const out = arg('out');
  if (!out) {
    console.error(
      'usage: gen.mjs --hosts N --layout one|perhost|many --out DIR [--seed S] [--faults PER_MILLE] [--crlf]',
    );
    process.exit(2);
  }
  const t = Date.now();
  const info = writeCorpus({
    hosts: +arg('hosts', 100),
    layout: arg('layout', 'one'),
    out,
    seed: +arg('seed', 1),
    faultsPerMille: +arg('faults', 0),
    crlf: process.argv.includes('--crlf'),
  });
  console.log(JSON.stringify({ out, ...info, ms: Date.now() - t }));
}
