import type { Path } from '../yaml/node';
import { any, choiceOf, field, object, unlisted } from './build-schema';
import istio from './generated/istio.json';
import { metadataSchema } from './metadata-schema';
import { type CompactSchema, readNodes } from './read-schema';
import type { SchemaField, SchemaNode } from './schema-node';

/** One of Istio's kinds. All served versions of a kind share one schema. */
export interface KindSchema {
  readonly kind: string;
  readonly group: string;
  /** Served versions, the recommended one first. */
  readonly versions: readonly string[];
  /** The same with the group in front, as they are written. */
  readonly apiVersions: readonly string[];
  readonly since?: string;
  readonly text: string;
  /** The whole object. */
  readonly root: SchemaNode;
  /** The whole object when its apiVersion and kind have been judged already. */
  readonly body: SchemaNode;
  readonly spec: SchemaNode;
}

/** What stands at a path: the value's schema and, for a field, what is said of it. */
export interface SchemaPlace {
  readonly node: SchemaNode;
  readonly text: string;
  readonly required: boolean;
  readonly since?: string;
  readonly deprecated?: boolean;
}

// The compiler reads the file's literal types, which say less than the writer of the file guarantees.
const compact = istio as unknown as CompactSchema;

const header = ['apiVersion', 'kind', 'metadata'];

export const kindSchemas: ReadonlyMap<string, KindSchema> = readKinds();

/** Undefined for what is not Istio's, and for versions Istio does not serve. */
export function findSchema(apiVersion: string, kind: string): KindSchema | undefined {
  const schema = kindSchemas.get(kind);
  return schema?.apiVersions.includes(apiVersion) ? schema : undefined;
}

/** Follows `path` from the root of an object of `kind`, through lists and maps, written or not. */
export function schemaAt(kind: string, path: Path): SchemaPlace | undefined {
  const schema = kindSchemas.get(kind);
  return schema && placeIn(schema, path);
}

/** The same in a schema that is at hand. */
export function placeIn(schema: KindSchema, path: Path): SchemaPlace | undefined {
  let place: SchemaPlace | undefined = { node: schema.root, text: schema.text, required: true };
  for (const step of path) {
    place = place && stepInto(place.node, step);
  }
  return place;
}

/** What stands behind one step of a path. */
export function stepInto(node: SchemaNode, step: string | number): SchemaPlace | undefined {
  if (node.item) {
    const isItem = node.type === 'map' || typeof step === 'number';
    return isItem ? { node: node.item, text: '', required: false } : undefined;
  }
  const found = node.fields?.get(String(step));
  return found && placeOf(found, node.required?.includes(found.name) ?? false);
}

function placeOf({ node, text, since, deprecated }: SchemaField, required: boolean): SchemaPlace {
  return { node, text, required, ...(since && { since }), ...(deprecated && { deprecated }) };
}

function readKinds(): ReadonlyMap<string, KindSchema> {
  const nodes = readNodes(compact);
  return new Map(
    Object.entries(compact.kinds).map(([kind, { group, versions, required = [], since, spec, text }]) => {
      const facts = { kind, group, versions, text: compact.texts[text]!, spec: nodes[spec]! };
      return [kind, { ...kindSchema(facts, required), ...(since && { since }) }];
    }),
  );
}

/** The schema of a kind from that of its `spec`; `required` are fields beside those of every object. */
export function kindSchema(
  facts: Pick<KindSchema, 'kind' | 'group' | 'versions' | 'text' | 'spec'>,
  required: readonly string[],
): KindSchema {
  const apiVersions = facts.versions.map((version) => `${facts.group}/${version}`);
  const root = rootOf(facts, choiceOf(...apiVersions), choiceOf(facts.kind), [...header, ...required]);
  return { ...facts, apiVersions, root, body: rootOf(facts, any, any, required) };
}

function rootOf(
  { text, spec }: Pick<KindSchema, 'text' | 'spec'>,
  apiVersion: SchemaNode,
  kind: SchemaNode,
  required: readonly string[],
): SchemaNode {
  const fields = [
    field('apiVersion', apiVersion, 'The API group and version.'),
    field('kind', kind, text),
    field('metadata', metadataSchema, 'Name, namespace and labels of the object.'),
    field('spec', spec, text),
    unlisted('status', any),
  ];
  return object(fields, required);
}
