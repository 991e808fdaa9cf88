import { istioVersions } from '../engine/schema/versions';
import type { ScopeSetting } from '../engine/workspace/planned-scope';
import { defaultSettings, type RuleSetting, type WorkspaceSettings } from '../engine/workspace/settings';
import type { Profile } from '../engine/workspace/view';

/** What the shell itself needs to know. */
export interface ShellSettings {
  readonly workspace: WorkspaceSettings;
  readonly diagnosticsScope: 'workspace' | 'openFiles';
  /** Whether lines above hosts say where requests go. */
  readonly codeLens: boolean;
  /** Globs of files nobody wants to see, from the editor's own settings. */
  readonly excluded: readonly string[];
}

type Complain = (message: string) => void;

/** The settings of a client that has none, or has not answered yet. */
export const defaultShellSettings: ShellSettings = {
  workspace: defaultSettings,
  diagnosticsScope: 'workspace',
  codeLens: true,
  excluded: [],
};

/**
 * Reads what the client answered. A value of the wrong kind counts as not set, and is named in `complain`, since
 * a settings file is typed by hand like any other.
 */
export function readSettings(own: unknown, files: unknown, complain: Complain): ShellSettings {
  const reader = new Reader(own, complain);
  const mesh = reader.group('mesh');
  return {
    workspace: {
      ...defaultSettings,
      scope: {
        closedWorld: reader.boolean('closedWorld') ?? false,
        profile: reader.choice<Profile>('profile', ['recommended', 'istioctl', 'strict']) ?? 'recommended',
        ...target(reader),
        stockGateway: mesh.boolean('stockGateway') ?? true,
        stockGatewayKnown: mesh.boolean('stockGateway') !== undefined,
        meshConfig: meshConfig(mesh),
        gateways: knownGateways(mesh, complain),
      },
      scopes: reader.list('scopes').flatMap((it) => scopeSetting(it, complain)),
      rules: ruleSettings(reader, complain),
      maxLength: Math.round((reader.number('files.maxSize') ?? 5) * 1_000_000),
    },
    diagnosticsScope: reader.choice('diagnostics.scope', ['workspace', 'openFiles']) ?? 'workspace',
    codeLens: reader.boolean('codeLens.enabled') ?? true,
    excluded: Object.entries(record(record(files).exclude)).flatMap(([glob, on]) =>
      on === true && glob !== '' ? [glob] : [],
    ),
  };
}

function target(reader: Reader): Pick<WorkspaceSettings['scope'], 'targetVersion'> {
  const version = reader.choice('targetVersion', ['newest', ...istioVersions]) ?? 'newest';
  return version === 'newest' ? {} : { targetVersion: version };
}

function meshConfig(mesh: Reader): object {
  const mode = mesh.choice('outboundTrafficPolicy', ['ALLOW_ANY', 'REGISTRY_ONLY']);
  return {
    rootNamespace: mesh.text('rootNamespace'),
    outboundTrafficPolicy: mode && { mode },
    defaultServiceExportTo: mesh.texts('defaultServiceExportTo'),
    defaultVirtualServiceExportTo: mesh.texts('defaultVirtualServiceExportTo'),
    defaultDestinationRuleExportTo: mesh.texts('defaultDestinationRuleExportTo'),
  };
}

function knownGateways(mesh: Reader, complain: Complain): WorkspaceSettings['scope']['gateways'] {
  return mesh.list('gateways').flatMap((value) => {
    const { service, labels, ports } = record(value);
    const [namespace, name] = typeof service === 'string' ? service.split('/') : [];
    if (!namespace || !name) {
      complain(
        `An entry of the setting "istioEgress.mesh.gateways" needs a "service" as "namespace/name", so this one counts for nothing: ${JSON.stringify(value)}`,
      );
      return [];
    }
    const numbers = Array.isArray(ports) ? ports.filter((it) => typeof it === 'number') : [80, 443];
    return [
      {
        namespace,
        name,
        labels: Object.fromEntries(Object.entries(record(labels)).map(([key, it]) => [key, String(it)])),
        ports: numbers.map((port) => ({ port, targetPort: port })),
      },
    ];
  });
}

function scopeSetting(value: unknown, complain: Complain): ScopeSetting[] {
  const { name, include } = record(value);
  const globs = Array.isArray(include)
    ? include.filter((it): it is string => typeof it === 'string' && it !== '')
    : [];
  if (typeof name !== 'string' || globs.length === 0) {
    complain(
      `An entry of the setting "istioEgress.scopes" needs a "name" and globs under "include", so this one counts for nothing: ${JSON.stringify(value)}`,
    );
    return [];
  }
  return [{ name, include: globs }];
}

function ruleSettings(reader: Reader, complain: Complain): WorkspaceSettings['rules'] {
  const allowed: readonly unknown[] = ['error', 'warning', 'info', 'off'];
  return Object.fromEntries(
    Object.entries(record(reader.value('rules'))).filter((entry): entry is [string, RuleSetting] => {
      const fits = allowed.includes(entry[1]);
      if (!fits) {
        complain(
          `The setting "istioEgress.rules" gives "${entry[0]}" ${JSON.stringify(entry[1])}, which must be one of ${allowed.join(', ')}, so the rule keeps its own severity`,
        );
      }
      return fits;
    }),
  );
}

function record(value: unknown): { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { [key: string]: unknown })
    : {};
}

class Reader {
  readonly #values: { readonly [key: string]: unknown };
  readonly #complain: Complain;
  readonly #prefix: string;

  constructor(values: unknown, complain: Complain, prefix = 'istioEgress.') {
    this.#values = record(values);
    this.#complain = complain;
    this.#prefix = prefix;
  }

  group(name: string): Reader {
    return new Reader(this.value(name), this.#complain, `${this.#prefix}${name}.`);
  }

  value(name: string): unknown {
    return name.split('.').reduce<unknown>((from, step) => record(from)[step], this.#values) ?? undefined;
  }

  boolean(name: string): boolean | undefined {
    return this.#typed(name, 'true or false', (it): it is boolean => typeof it === 'boolean');
  }

  number(name: string): number | undefined {
    return this.#typed(name, 'a number above 0', (it): it is number => typeof it === 'number' && it > 0);
  }

  text(name: string): string | undefined {
    return this.#typed(name, 'a text', (it): it is string => typeof it === 'string' && it !== '');
  }

  texts(name: string): readonly string[] | undefined {
    const isTexts = (it: unknown): it is string[] =>
      Array.isArray(it) && it.every((item) => typeof item === 'string');
    const found = this.#typed(name, 'a list of texts', isTexts);
    return found && found.length > 0 ? found : undefined;
  }

  list(name: string): readonly unknown[] {
    return this.#typed(name, 'a list', (it): it is unknown[] => Array.isArray(it)) ?? [];
  }

  choice<const T extends string>(name: string, allowed: readonly T[]): T | undefined {
    return this.#typed(name, `one of ${allowed.join(', ')}`, (it): it is T =>
      (allowed as readonly unknown[]).includes(it),
    );
  }

  #typed<T>(name: string, wanted: string, is: (value: unknown) => value is T): T | undefined {
    const value = this.value(name);
    if (value === undefined || is(value)) {
      return value as T | undefined;
    }
    this.#complain(
      `The setting "${this.#prefix}${name}" must be ${wanted}, so its default is used instead of ${JSON.stringify(value)}`,
    );
    return undefined;
  }
}
