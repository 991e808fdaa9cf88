import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isComplete, planRoute } from '../server/src/engine/generate/plan';
import type { RouteWish } from '../server/src/engine/generate/wish';
import { splitDocuments } from '../server/src/engine/yaml/chunks';
import { readYaml } from '../server/src/engine/yaml/read';
import { plainValue } from '../server/src/engine/yaml/walk';
import { comparable } from './support/comparable-specs';
import type { Loose } from './support/route-mutations';
import { type Files, RouteScene } from './support/route-scene';
import { type TrafficCase, trafficCases, viewOf } from './support/traffic-cases';

const bases = new Map(trafficCases('bases.jsonl').map((it) => [it.id, it]));

interface Comparison {
  readonly base: string;
  readonly wish: RouteWish;
  /** What stands in one of the two and not in the other, and why. */
  readonly differences: readonly Difference[];
}

interface Difference {
  readonly because: string;
  readonly base?: readonly string[];
  readonly ours?: readonly string[];
}

const comparisons: readonly Comparison[] = [
  {
    base: 'http-stock-default-namespace',
    wish: { host: 'news.example.com', ports: [{ number: 80 }], namespace: 'default' },
    differences: [],
  },
  {
    base: 'tls-passthrough',
    wish: { host: 'api.partner.example.com', namespace: 'shop' },
    differences: [],
  },
  {
    base: 'originate-gateway',
    wish: {
      host: 'crm.vendor.example.com',
      ports: [{ number: 80 }],
      pattern: 'originate-gateway',
      namespace: 'istio-egress',
    },
    differences: [
      {
        because:
          'the base declares port 443 for the gateway and leaves it to sidecars too, so HTTPS leaves past the gateway',
        ours: [
          'Gateway servers.1.hosts.0 = crm.vendor.example.com',
          'Gateway servers.1.port.number = 443',
          'Gateway servers.1.port.protocol = TLS',
          'Gateway servers.1.tls.mode = PASSTHROUGH',
          'VirtualService tls.0.match.0.gateways.0 = mesh',
          'VirtualService tls.0.match.0.port = 443',
          'VirtualService tls.0.match.0.sniHosts.0 = crm.vendor.example.com',
          'VirtualService tls.0.route.0.destination.host = istio-egressgateway.istio-egress.svc.cluster.local',
          'VirtualService tls.0.route.0.destination.port.number = 443',
          'VirtualService tls.0.route.0.destination.subset = <subset>',
          'VirtualService tls.1.match.0.gateways.0 = <gateway>',
          'VirtualService tls.1.match.0.port = 443',
          'VirtualService tls.1.match.0.sniHosts.0 = crm.vendor.example.com',
          'VirtualService tls.1.route.0.destination.host = crm.vendor.example.com',
          'VirtualService tls.1.route.0.destination.port.number = 443',
        ],
      },
      {
        because: 'what clients have encrypted must not be encrypted again on the way out of the gateway',
        ours: [
          'DestinationRule subsets.0.name = <subset>',
          'DestinationRule subsets.0.trafficPolicy.tls.mode = DISABLE',
          'VirtualService tls.1.route.0.destination.subset = <subset>',
        ],
      },
    ],
  },
  {
    base: 'originate-sidecar-whole-host',
    wish: { host: 'edition.example.com', pattern: 'originate-sidecar', namespace: 'default' },
    differences: [
      {
        because:
          'the base encrypts what HTTPS callers have encrypted a second time; here only port 80 is encrypted',
        base: ['DestinationRule trafficPolicy.tls.mode = SIMPLE'],
        ours: [
          'DestinationRule trafficPolicy.portLevelSettings.0.port.number = 80',
          'DestinationRule trafficPolicy.portLevelSettings.0.tls.mode = SIMPLE',
          'DestinationRule trafficPolicy.portLevelSettings.0.tls.sni = edition.example.com',
        ],
      },
      {
        because: 'the ServiceEntry moves port 80 to 443 itself, so no VirtualService has to',
        base: [
          'VirtualService hosts.0 = edition.example.com',
          'VirtualService http.0.match.0.port = 80',
          'VirtualService http.0.route.0.destination.host = edition.example.com',
          'VirtualService http.0.route.0.destination.port.number = 443',
        ],
        ours: ['ServiceEntry ports.0.targetPort = 443'],
      },
    ],
  },
  {
    base: 'hop-mtls-around-app-tls',
    wish: { host: 'api.partner.example.com', hop: 'mutual', namespace: 'shop' },
    differences: [],
  },
];

suite('what is generated equals the bases', () => {
  for (const { base, wish, differences } of comparisons) {
    test(base, () => {
      const whole = bases.get(base)!;
      const written = comparable(documentsOf(Object.values(whole.files)));
      const scene = new RouteScene(withOnlyTheEntry(whole), whole.stock === true);
      const entry = [...scene.files.keys()].at(-1)!;
      const files = scene.applied(planRoute(scene.view, wish), entry);
      const generated = comparable(documentsOf(files.values()));
      assert.deepEqual(
        { base: without(written, generated), ours: without(generated, written) },
        {
          base: differences.flatMap((it) => it.base ?? []).sort(),
          ours: differences.flatMap((it) => it.ours ?? []).sort(),
        },
      );
    });
  }
});

function documentsOf(texts: Iterable<string>): Loose[] {
  return [...texts].flatMap((text) =>
    splitDocuments(text).map((chunk) => plainValue(readYaml(chunk.text).root)),
  );
}

/** The base as somebody has it who has written the ServiceEntry, and whose cluster has the gateway. */
function withOnlyTheEntry(whole: TrafficCase): Files {
  const files = Object.entries(whole.files).map(([name, text]): [string, string] => {
    const kept = splitDocuments(text).filter(
      (chunk) => !/^kind: (?:Gateway|DestinationRule|VirtualService)$/m.test(chunk.text),
    );
    return [name, kept.map((it) => it.text).join('')];
  });
  return new Map(files.filter(([, text]) => text.trim() !== ''));
}

function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines
    .filter((line) => {
      const index = left.indexOf(line);
      if (index >= 0) {
        left.splice(index, 1);
      }
      return index < 0;
    })
    .sort();
}

/** Bases whose hosts all leave through a gateway, or from the sidecar as they are meant to. */
const finished = [
  'http-own-gateway',
  'http-short-names-no-subset',
  'http-port-mapping',
  'http-two-virtualservices',
  'http-several-hosts-one-gateway',
  'http-several-hosts-one-virtualservice',
  'http-gateway-in-app-namespace',
  'http-two-egress-gateways',
  'http-chained-gateways',
  'weighted-canary-to-gateway',
  'match-header',
  'match-path-method',
  'match-source',
  'delegate',
  'tls-passthrough',
  'tls-passthrough-stock-files',
  'http-and-https-both-governed',
  'tls-port-mapping',
  'tls-several-sni',
  'originate-sidecar-target-port',
  'originate-sidecar-rewrite-port',
  'originate-sidecar-whole-host',
  'originate-sidecar-mutual',
  'originate-gateway-plain-hop',
  'hop-mtls-around-app-tls',
  'hop-mtls-two-hosts',
  'hop-mtls-star-hosts',
  'wildcard-via-gateway-docs',
  'wildcard-http-via-gateway',
  'kafka-tls-via-gateway',
  'grpc-via-gateway',
  'sidecar-minimal-imports',
  'exportto-shared-with-gateway',
  'default-export-private',
  'mesh-wide-mtls-rule',
  'subset-rule-in-client-namespace',
  'workload-entry-via-gateway',
  'internal-service-beside-egress',
  'gateway-api-http',
  'gateway-api-originate',
];

suite('a legal layout is finished', () => {
  for (const id of finished) {
    test(id, () => {
      const view = viewOf(bases.get(id)!);
      const hosts = view
        .all('ServiceEntry')
        .flatMap((it) => (it.spec.hosts ?? []).map((host) => ({ host, namespace: it.namespace })));
      const routable = hosts.filter((it) => !it.host.startsWith('*'));
      assert.ok(routable.length > 0);
      for (const wish of routable) {
        const plan = planRoute(view, wish);
        assert.deepEqual(
          plan.documents.filter((it) => it.state !== 'complete'),
          [],
          wish.host,
        );
        assert.ok(isComplete(plan));
      }
    });
  }
});

/** Bases in which port 443 leaves past the gateway: it is what the plan adds, and nothing else. */
suite('a port without a route is the only thing missing', () => {
  for (const id of ['http-stock-default-namespace', 'originate-gateway-stock', 'originate-gateway']) {
    test(id, () => {
      const view = viewOf(bases.get(id)!);
      const [entry] = view.all('ServiceEntry');
      const plan = planRoute(view, { host: entry!.spec.hosts![0]!, namespace: entry!.namespace });
      const touched = plan.documents.filter((it) => it.state !== 'complete').map((it) => it.kind);
      const rules = id.startsWith('http') ? [] : ['DestinationRule'];
      assert.deepEqual(touched, ['Gateway', ...rules, 'VirtualService']);
      const edits = plan.documents.flatMap((it) => (it.state === 'incomplete' ? it.edits : []));
      assert.ok(edits.every((it) => it.op === 'insert' || it.op === 'set'));
      assert.ok(JSON.stringify(edits).includes('PASSTHROUGH'));
    });
  }
});
