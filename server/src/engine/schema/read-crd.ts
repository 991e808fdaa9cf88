import { any } from './build-schema';
import type { CrdSchema } from './crd';
import { crdNode } from './crd-node';
import { type KindSchema, kindSchema, kindSchemas } from './schema';
import { isRecord, list, record, texts } from './untyped';

/** What a CustomResourceDefinition declares, with its group and kind. */
export interface ReadCrd {
  readonly group: string;
  readonly kind: string;
  readonly schema: CrdSchema;
}

/**
 * Reads a CustomResourceDefinition of one of Istio's groups from its plain value. Undefined for every other, and for
 * one that the API server would not take: nobody can tell what it means.
 */
export function readCrd(value: unknown): ReadCrd | undefined {
  const { apiVersion, kind: own, spec } = record(value);
  const { group, names, versions } = record(spec);
  const { kind } = record(names);
  if (apiVersion !== 'apiextensions.k8s.io/v1' || own !== 'CustomResourceDefinition') {
    return undefined;
  }
  if (typeof kind !== 'string' || typeof group !== 'string' || !group.endsWith('.istio.io')) {
    return undefined;
  }
  const served = list(versions)
    .map(record)
    .filter((it) => it.served === true);
  const known = kindSchemas.get(kind);
  const like = known?.group === group ? known : undefined;
  const served_ = served.map((it) => String(it.name));
  const schemas = served.flatMap((it) => versionSchema(it, { kind, group, versions: served_ }, like) ?? []);
  return schemas.length > 0 && schemas.length === served.length
    ? { group, kind, schema: new Map(schemas.map((it, index) => [`${group}/${served_[index]}`, it])) }
    : undefined;
}

function versionSchema(
  version: { readonly [name: string]: unknown },
  facts: Pick<KindSchema, 'kind' | 'group' | 'versions'>,
  like: KindSchema | undefined,
): KindSchema | undefined {
  const { openAPIV3Schema } = record(version.schema);
  if (!isRecord(openAPIV3Schema) || openAPIV3Schema.type !== 'object') {
    return undefined;
  }
  const { properties, required, description } = openAPIV3Schema;
  const { spec } = record(properties);
  const text = like?.text ?? (typeof description === 'string' ? description : '');
  const names = texts(required);
  return kindSchema({ ...facts, text, spec: spec === undefined ? any : crdNode(spec, like?.spec) }, names);
}
