import { type Fields, fields, items, labels, text } from '../model/guards';
import { meshValues } from '../model/lower';
import type { Resource } from '../model/resource';
import type { Labels } from '../model/specs';
import type { View } from '../workspace/view';
import { readYaml } from '../yaml/read';
import { plainValue } from '../yaml/walk';
import { deriveList, memoize } from './derive';
import { istioOperators } from './istio-operator';
import type { Origin } from './origin';

/** Who said it: an object of the scope, the settings, or nobody. */
export interface Fact<T> {
  readonly value: T;
  readonly from: 'object' | 'setting' | 'default';
  /** The object that says so. A mesh configuration inside a ConfigMap is one text, so the path ends there. */
  readonly origin?: Origin;
}

export type OutboundMode = 'ALLOW_ANY' | 'REGISTRY_ONLY' | 'ALLOW_ANY_DYNAMIC_DNS';

/** What the routes depend on and no route says: the mesh configuration. */
export interface MeshFacts {
  readonly rootNamespace: Fact<string>;
  readonly outboundMode: Fact<OutboundMode>;
  readonly defaultServiceExportTo: Fact<readonly string[]>;
  readonly defaultVirtualServiceExportTo: Fact<readonly string[]>;
  readonly defaultDestinationRuleExportTo: Fact<readonly string[]>;
  readonly enableAutoMtls: Fact<boolean>;
  /** What proxies are started with, by name, unless a workload says otherwise. */
  readonly proxyMetadata: Fact<Labels>;
  /** How Kubernetes Ingresses are served, and by which Service. */
  readonly ingress: Fact<{ readonly controllerMode: string; readonly service: string }>;
  /** Who writes access logs when a Telemetry does not say. */
  readonly accessLoggers: Fact<readonly string[]>;
  /** The tracing providers that are of Lightstep. */
  readonly lightstepProviders: Fact<readonly string[]>;
  /** Which variant of the proxy's image is injected; empty for the usual one. */
  readonly proxyImageType: Fact<string>;
}

const defaultRootNamespace = 'istio-system';
const outboundModes: readonly string[] = ['ALLOW_ANY', 'REGISTRY_ONLY', 'ALLOW_ANY_DYNAMIC_DNS'];

export function meshFacts(view: View): MeshFacts {
  let last: MeshFacts | undefined;
  return view.derive('mesh/facts', '', () => {
    const next = readFacts(view);
    last = last && JSON.stringify(plain(last)) === JSON.stringify(plain(next)) ? last : next;
    return last;
  });
}

function plain(facts: MeshFacts): object {
  return Object.values(facts).map(({ value, from, origin }: Fact<unknown>) => [
    value,
    from,
    origin?.resource.slot.id,
  ]);
}

interface MeshConfig {
  readonly from: 'object' | 'setting';
  readonly origin?: Origin;
  readonly config: Fields;
}

function readFacts(view: View): MeshFacts {
  const sources = meshConfigs(view);
  const fact = <T>(name: string, read: (value: unknown) => T | undefined, otherwise: T): Fact<T> => {
    for (const { config, ...source } of sources) {
      const value = read(config[name]);
      if (value !== undefined) {
        return { value, ...source };
      }
    }
    return { value: otherwise, from: 'default' };
  };
  return {
    rootNamespace: fact('rootNamespace', (it) => text(it) || undefined, defaultRootNamespace),
    outboundMode: fact('outboundTrafficPolicy', readMode, 'ALLOW_ANY'),
    defaultServiceExportTo: fact('defaultServiceExportTo', readExportTo, ['*']),
    defaultVirtualServiceExportTo: fact('defaultVirtualServiceExportTo', readExportTo, ['*']),
    defaultDestinationRuleExportTo: fact('defaultDestinationRuleExportTo', readExportTo, ['*']),
    enableAutoMtls: fact('enableAutoMtls', (it) => (typeof it === 'boolean' ? it : undefined), true),
    proxyMetadata: fact('defaultConfig', readProxyMetadata, {}),
    ingress: {
      ...fact('ingressControllerMode', text, 'STRICT'),
      value: {
        controllerMode: fact('ingressControllerMode', text, 'STRICT').value,
        service: fact('ingressService', text, 'istio-ingressgateway').value,
      },
    },
    accessLoggers: fact('defaultProviders', readAccessLoggers, []),
    lightstepProviders: fact('extensionProviders', readLightstepProviders, []),
    proxyImageType: fact('defaultConfig', readImageType, ''),
  };
}

function readMode(value: unknown): OutboundMode | undefined {
  const mode = text(fields(value).mode);
  return mode !== undefined && outboundModes.includes(mode) ? (mode as OutboundMode) : undefined;
}

function readProxyMetadata(value: unknown): Labels | undefined {
  const { proxyMetadata } = fields(value);
  return proxyMetadata === undefined ? undefined : labels(proxyMetadata);
}

function readAccessLoggers(value: unknown): readonly string[] {
  return items(fields(value).accessLogging).flatMap((it) => text(it) ?? []);
}

function readImageType(value: unknown): string | undefined {
  return text(fields(fields(value).image).imageType);
}

function readLightstepProviders(value: unknown): readonly string[] {
  return items(value)
    .map(fields)
    .flatMap(({ name, lightstep }) => (lightstep ? (text(name) ?? []) : []));
}

function readExportTo(value: unknown): readonly string[] | undefined {
  const list = items(value).filter((it): it is string => typeof it === 'string');
  return list.length > 0 ? list : undefined;
}

/** The nearest first: what the files say outweighs what the settings say. */
function meshConfigs(view: View): readonly MeshConfig[] {
  const settings = fields(view.settings.meshConfig);
  const root = text(settings.rootNamespace) || defaultRootNamespace;
  return [
    ...meshConfigMaps(view, root).map((resource): MeshConfig => {
      return {
        from: 'object',
        origin: { resource, path: ['data', 'mesh'] },
        config: readMesh(resource),
      };
    }),
    ...[...istioOperators(view), ...agreedValues(view)].map((resource): MeshConfig => {
      return {
        from: 'object',
        // Values are a document of their own and have no spec.
        origin: {
          resource,
          path: resource.writtenKind === meshValues ? ['meshConfig'] : ['spec', 'meshConfig'],
        },
        config: fields(fields(resource.spec).meshConfig),
      };
    }),
    { from: 'setting', config: settings },
  ];
}

/** `istio` before the ones of revisions, `istio-<revision>`. */
function meshConfigMaps(view: View, root: string): readonly Resource<'ConfigMap'>[] {
  return deriveList(view, 'mesh/config-maps', root, () =>
    view
      .allIn('ConfigMap', root)
      .filter(
        (it) => (it.name === 'istio' || it.name.startsWith('istio-')) && it.spec.data?.mesh !== undefined,
      )
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  );
}

/** Values of several environments may lie side by side; what they do not agree on nobody knows. */
function agreedValues(view: View): readonly Resource<'Other'>[] {
  return deriveList(view, 'mesh/values', '', () => {
    const all = view.all('Other').filter((it) => it.writtenKind === meshValues);
    const configs = all.map((it) => JSON.stringify(fields(it.spec).meshConfig));
    return new Set(configs).size === 1 ? all.slice(0, 1) : [];
  });
}

const readMesh = memoize(
  (resource: Resource<'ConfigMap'>): Fields =>
    fields(plainValue(readYaml(resource.spec.data?.mesh ?? '').root)),
);
