import { nearest } from '../text/nearest';
import type { Path, YamlMap, YamlScalar } from '../yaml/node';
import { resolved } from '../yaml/walk';
import { schemaOf } from './crd';
import { pairNamed } from './pairs-of';
import { type KindSchema, kindSchemas } from './schema';
import type { StructureContext, StructureFinding, StructureFix } from './structure-finding';
import type { StructureCode } from './structure-rules';
import { isNewer } from './versions';
import { choice, quoted } from './words';

/** Whose object it is, as far as it is ours to judge, and what is wrong with its apiVersion and kind. */
export interface Identity {
  readonly schema?: KindSchema;
  readonly findings: readonly StructureFinding[];
}

const none: readonly StructureFinding[] = [];
const foreign: Identity = { findings: none };

const istioGroups = new Set([...kindSchemas.values()].map(({ group }) => group));

/** Reads the first two lines of an object. What belongs to others, or to nobody yet, gives nothing. */
export function identify(object: YamlMap, base: Path, context: StructureContext): Identity {
  const versionNode = scalarAt(object, 'apiVersion');
  const kindNode = scalarAt(object, 'kind');
  if (isHole(versionNode, context) || isHole(kindNode, context)) {
    return foreign;
  }
  const apiVersion = textOf(versionNode);
  const kind = textOf(kindNode);
  const schema =
    kind === undefined ? undefined : schemaOf(kind, apiVersion, kindSchemas.get(kind), context.crds);
  if (schema && apiVersion !== undefined && schema.apiVersions.includes(apiVersion)) {
    return isNewer(schema.since, context.target)
      ? newerKind(base, kind!, schema.since, context)
      : { schema, findings: none };
  }
  if (kind === undefined) {
    return apiVersion !== undefined && istioGroups.has(groupOf(apiVersion)) && !context.partial
      ? finding('schema/unknown-kind', base, kindNode ? 'kind' : 'apiVersion', noKind(apiVersion))
      : foreign;
  }
  if (apiVersion === undefined) {
    return schema && isManifest(object) && !context.partial
      ? { schema, ...versionless(base, schema, versionNode) }
      : foreign;
  }
  if (!istioGroups.has(groupOf(apiVersion)) && !(schema && isMistake(apiVersion, schema))) {
    return foreign;
  }
  return schema ? { schema, ...versionOf(base, apiVersion, schema) } : unknownKind(base, apiVersion, kind);
}

function versionOf(base: Path, apiVersion: string, schema: KindSchema): Pick<Identity, 'findings'> {
  const { apiVersions } = schema;
  const message = `${quoted(apiVersion)} has no kind "${schema.kind}"; it is served as ${choice(apiVersions)}`;
  return finding('schema/unknown-version', base, 'apiVersion', message, [useVersion(base, apiVersions[0]!)]);
}

function versionless(
  base: Path,
  schema: KindSchema,
  written: YamlScalar | undefined,
): Pick<Identity, 'findings'> {
  const served = schema.apiVersions[0]!;
  const message = `"${schema.kind}" needs an apiVersion, such as "${served}"`;
  const place = written ? 'apiVersion' : 'kind';
  return finding('schema/unknown-version', base, place, message, [useVersion(base, served)]);
}

function useVersion(base: Path, apiVersion: string): StructureFix {
  const edits = [{ op: 'set', path: [...base, 'apiVersion'], value: apiVersion }] as const;
  return { title: `Use ${quoted(apiVersion)}`, edits, preferred: true };
}

function unknownKind(base: Path, apiVersion: string, kind: string): Identity {
  const group = groupOf(apiVersion);
  const kinds = [...kindSchemas.values()].filter((it) => it.group === group).map((it) => it.kind);
  const same = kinds.find((it) => it.toLowerCase() === kind.toLowerCase());
  const meant = same ?? nearest(kind, kinds);
  const hint = meant ? `did you mean "${meant}"?` : `it has ${choice(kinds, 'and')}`;
  const fixes = meant
    ? [
        {
          title: `Use "${meant}"`,
          edits: [{ op: 'set', path: [...base, 'kind'], value: meant }] as const,
          preferred: true,
          safe: same !== undefined,
        },
      ]
    : [];
  return finding(
    'schema/unknown-kind',
    base,
    'kind',
    `"${group}" has no kind ${quoted(kind)}; ${hint}`,
    fixes,
  );
}

function newerKind(base: Path, kind: string, since: string, { target }: StructureContext): Identity {
  const message = `${quoted(kind)} is a kind since Istio ${since}; this mesh has ${target}, which refuses it`;
  return finding('schema/newer-than-mesh', base, 'kind', message);
}

function noKind(apiVersion: string): string {
  const group = groupOf(apiVersion);
  const kinds = [...kindSchemas.values()].filter((it) => it.group === group).map((it) => it.kind);
  return `An object of "${group}" needs a kind: ${choice(kinds)}`;
}

function finding(
  code: StructureCode,
  base: Path,
  field: string,
  message: string,
  fixes: readonly StructureFix[] = [],
): Identity {
  const path = [...base, field];
  return { findings: [{ code, path, message, rejectedBy: 'apiserver', ...(fixes.length > 0 && { fixes }) }] };
}

/**
 * Other groups have kinds of the same names, so a group counts as a mistake only when it is nearly the right one,
 * or the core group, which has none of them.
 */
function isMistake(apiVersion: string, schema: KindSchema): boolean {
  return !apiVersion.includes('/') || nearest(groupOf(apiVersion), [schema.group]) !== undefined;
}

/** Whether a document without apiVersion looks like a manifest at all. */
function isManifest(object: YamlMap): boolean {
  return pairNamed(object, 'spec') !== undefined || pairNamed(object, 'metadata') !== undefined;
}

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

function scalarAt(object: YamlMap, name: string): YamlScalar | undefined {
  const node = resolved(pairNamed(object, name)?.value);
  return node?.type === 'scalar' ? node : undefined;
}

function isHole(node: YamlScalar | undefined, context: StructureContext): boolean {
  return node !== undefined && context.isHole(node);
}

function textOf(node: YamlScalar | undefined): string | undefined {
  return typeof node?.value === 'string' && node.value !== '' ? node.value : undefined;
}
