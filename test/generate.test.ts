import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isComplete, planRoute } from '../server/src/engine/generate/plan';
import { scaffoldRoute } from '../server/src/engine/generate/route-for';
import { type RoutePattern, type RouteWish, routePatterns } from '../server/src/engine/generate/wish';
import type { YamlStyle, YamlValue } from '../server/src/engine/yaml/edit';
import { stringify } from '../server/src/engine/yaml/stringify';
import { type Loose, mutations } from './support/route-mutations';
import { type Files, RouteScene } from './support/route-scene';

const host = 'edition.cnn.com';
const client = 'shop';
const other = 'billing';

interface GatewayCase {
  readonly name: string;
  readonly id: string;
  readonly stock: boolean;
  /** The documents of the gateway itself. */
  readonly workload: string;
}

const workload = (namespace: string, name: string): string => `apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  selector: {istio: ${name}-egress}
  ports:
    - {name: http2, port: 80, targetPort: 8080}
    - {name: https, port: 443, targetPort: 8443}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  selector: {matchLabels: {istio: ${name}-egress}}
  template:
    metadata:
      annotations: {inject.istio.io/templates: gateway}
      labels: {istio: ${name}-egress}
    spec:
      containers: [{name: istio-proxy, image: auto}]
`;

const gateways: readonly GatewayCase[] = [
  { name: 'stock', id: 'istio-system/istio-egressgateway', stock: true, workload: '' },
  { name: 'own', id: `${client}/edge`, stock: false, workload: workload(client, 'edge') },
  { name: 'elsewhere', id: 'istio-egress/edge', stock: false, workload: workload('istio-egress', 'edge') },
];

interface Form {
  readonly name: string;
  readonly path: string;
  readonly style: YamlStyle;
  wrap(yaml: string): string;
}

const two: YamlStyle = { indent: 2, indentSequences: false, eol: '\n' };
const four: YamlStyle = { indent: 4, indentSequences: true, eol: '\n' };

const forms: readonly Form[] = [
  { name: 'two columns', path: 'route.yaml', style: two, wrap: (yaml) => yaml },
  { name: 'four columns', path: 'route.yaml', style: four, wrap: (yaml) => yaml },
  {
    name: 'Markdown',
    path: 'route.md',
    style: two,
    wrap: (yaml) =>
      `# Route\n\n1. Apply this:\n\n   \`\`\`yaml\n${indented(yaml, '   ')}   \`\`\`\n\nDone.\n`,
  },
  {
    name: 'heredoc',
    path: 'route.sh',
    style: two,
    wrap: (yaml) => `#!/bin/sh\nkubectl apply -f - <<EOF\n${yaml}EOF\necho done\n`,
  },
  { name: 'CRLF', path: 'route.yaml', style: two, wrap: (yaml) => yaml.replaceAll('\n', '\r\n') },
];

function indented(text: string, prefix: string): string {
  return text.replace(/^(?=.)/gm, prefix);
}

const portCases = [[80], [443], [80, 443]] as const;

/** The patterns, and those that leave the hop plain once more with mutual TLS of the mesh on it. */
const patternCases: readonly Pick<RouteWish, 'pattern' | 'hop'>[] = [
  ...routePatterns.map((pattern) => ({ pattern })),
  { pattern: 'http', hop: 'mutual' },
  { pattern: 'tls-passthrough', hop: 'mutual' },
];

interface Route {
  readonly title: string;
  readonly wish: RouteWish;
  readonly gateway: GatewayCase;
  /** The finished route, as the generator writes it from nothing. */
  readonly documents: readonly Loose[];
}

function* routesToTest(): Iterable<Route> {
  for (const gateway of gateways) {
    for (const shape of patternCases) {
      for (const ports of portCases) {
        const wish: RouteWish = {
          host,
          ...shape,
          ports: ports.map((number) => ({ number })),
          namespace: client,
          clientNamespaces: [other],
        };
        const scene = new RouteScene(withWorkload(gateway, new Map()), gateway.stock);
        const plan = planRoute(scene.view, wish);
        const documents = plan.documents.map((it) => (it.state === 'missing' ? it.manifest : undefined));
        const title = [
          shape.pattern,
          ...(shape.hop ? ['mutual hop'] : []),
          ports.join('+'),
          gateway.name,
        ].join(' ');
        yield { title, wish, gateway, documents };
      }
    }
  }
}

const namespaces = [client, other]
  .map((name) => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n`)
  .join('---\n');

function withWorkload(gateway: GatewayCase, files: Files): Files {
  return new Map([['cluster.yaml', `${namespaces}---\n${gateway.workload}`], ...files]);
}

/** The documents as a person might have written them, with comments that have to survive. */
function written(documents: readonly Loose[], { style }: Form): string {
  return documents
    .map((it, index) => {
      const text = stringify(it as YamlValue, style);
      return `# document ${index}\n${text.replace(/^(spec:)$/m, '$1 # what matters')}\n# end ${index}\n`;
    })
    .join('---\n');
}

function journeys(scene: RouteScene, { wish, gateway }: Route): string[] {
  const ports = new Set(wish.ports!.map((it) => it.number));
  const originates = wish.pattern!.startsWith('originate');
  const via = wish.pattern === 'originate-sidecar' ? '' : ` via ${gateway.id}`;
  const wrong: string[] = [];
  const expect = (namespace: string, scheme: 'http' | 'https', port: number, end: string): void => {
    const found = scene.journey(namespace, scheme, host, port);
    if (found !== end) {
      wrong.push(`${scheme} ${port} from ${namespace}: ${found} instead of ${end}`);
    }
  };
  for (const namespace of [client, other]) {
    if (ports.has(80) || originates) {
      expect(namespace, 'http', 80, `external${via}${originates ? ' tls' : ''}`);
    }
    if (ports.has(443)) {
      expect(namespace, 'https', 443, `external${via} tls`);
    }
  }
  return wrong;
}

/** Lines of `before` that are not in `after`, in the order of both. */
function lostLines(before: string, after: string): string[] {
  const left = before.split('\n');
  const right = after.split('\n');
  const table = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0));
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      table[i]![j] =
        left[i] === right[j] ? 1 + table[i + 1]![j + 1]! : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
    }
  }
  const lost: string[] = [];
  for (let i = 0, j = 0; i < left.length; ) {
    if (j < right.length && left[i] === right[j]) {
      i++;
      j++;
    } else if (j < right.length && table[i]![j] === table[i]![j + 1]) {
      j++;
    } else {
      lost.push(left[i++]!);
    }
  }
  return lost;
}

/** Completes the documents and answers what is not as it should be afterwards. */
function completed(
  route: Route,
  documents: readonly Loose[],
  form: Form,
): { problems: string[]; lost: string[] } {
  const before = form.wrap(written(documents, form));
  const scene = new RouteScene(
    withWorkload(route.gateway, new Map([[form.path, before]])),
    route.gateway.stock,
  );
  const plan = planRoute(scene.view, route.wish);
  const files = scene.applied(plan, form.path);
  const after = new RouteScene(files, route.gateway.stock);
  const second = planRoute(after.view, route.wish);
  const text = files.get(form.path)!;
  const lost = lostLines(before, text);
  const comments = lost.filter((line) => line.includes('#'));
  return {
    problems: [
      ...after.findings().map((it) => `found: ${it}`),
      ...(isComplete(second)
        ? []
        : [`a second plan: ${JSON.stringify(second.documents.filter((it) => it.state !== 'complete'))}`]),
      ...journeys(after, route),
      ...comments.map((it) => `lost: ${it}`),
      ...(form.name === 'CRLF' && /(?<!\r)\n/.test(text) ? ['a line ends without CR'] : []),
    ],
    lost,
  };
}

function clone(documents: readonly Loose[]): Loose[] {
  return JSON.parse(JSON.stringify(documents)) as Loose[];
}

/** All forms with the stock gateway; with the others, one that is plain and one that takes its turn. */
function formsFor({ gateway }: Route, turn: number): readonly Form[] {
  return gateway.stock ? forms : [forms[0]!, forms[1 + (turn % (forms.length - 1))]!];
}

for (const [turn, route] of [...routesToTest()].entries()) {
  suite(route.title, () => {
    for (const form of formsFor(route, turn)) {
      test(`finished, ${form.name}: nothing to do`, () => {
        const scene = new RouteScene(
          withWorkload(route.gateway, new Map([[form.path, form.wrap(written(route.documents, form))]])),
          route.gateway.stock,
        );
        assert.deepEqual(scene.findings(), []);
        assert.deepEqual(journeys(scene, route), []);
        assert.ok(isComplete(planRoute(scene.view, route.wish)));
      });

      for (const [index, missing] of route.documents.entries()) {
        test(`without the ${missing.kind} ${missing.metadata.name}, ${form.name}`, () => {
          const { problems, lost } = completed(route, route.documents.toSpliced(index, 1), form);
          assert.deepEqual(problems, []);
          assert.deepEqual(lost, []);
        });
      }

      test(`a lone ServiceEntry, ${form.name}`, () => {
        const { problems, lost } = completed(route, route.documents.slice(0, 1), form);
        assert.deepEqual(problems, []);
        assert.deepEqual(lost, []);
      });

      for (const mutation of mutations) {
        const documents = clone(route.documents);
        if (mutation.apply(documents)) {
          test(`${mutation.name}, ${form.name}`, () => {
            assert.deepEqual(completed(route, documents, form).problems, []);
          });
        }
      }
    }
  });
}

test('every mutation is tried somewhere', () => {
  const routes = [...routesToTest()];
  const idle = mutations.filter((it) => !routes.some((route) => it.apply(clone(route.documents))));
  assert.deepEqual(
    idle.map((it) => it.name),
    [],
  );
});

suite('scaffold', () => {
  for (const pattern of [undefined, ...routePatterns] as (RoutePattern | undefined)[]) {
    test(`${pattern ?? 'no pattern'}: from nothing but a host`, () => {
      const { files } = scaffoldRoute({ host, ...(pattern && { pattern }) }, 'several');
      const scene = new RouteScene(new Map(files.map(({ name, text }) => [name, text])), true);
      assert.deepEqual(scene.findings(), []);
      const wish = { host, namespace: 'default', ...(pattern && { pattern }) };
      assert.ok(isComplete(planRoute(scene.view, wish)));
    });
  }
});
