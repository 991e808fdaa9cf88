import { groupOf } from '../model/kinds';
import { type Crds, schemaOf as schemaFor } from '../schema/crd';
import { kindSchemas, placeIn, type SchemaPlace, schemaAt } from '../schema/schema';
import type { Path } from '../yaml/node';
import type { Manifest } from './manifest';

/** What the schema says of a place in an object. While no kind is written, the fields every object has. */
export function schemaOf(
  { apiVersion, writtenKind }: Manifest,
  path: Path,
  crds: Crds,
): SchemaPlace | undefined {
  const builtIn = kindSchemas.get(writtenKind);
  const schema = schemaFor(writtenKind, apiVersion === '' ? undefined : apiVersion, builtIn, crds);
  if (!schema) {
    return path.length === 0 || path[0] === 'metadata' ? schemaAt('ServiceEntry', path) : undefined;
  }
  const meant = apiVersion === '' || groupOf(apiVersion) === schema.group;
  return meant ? placeIn(schema, path) : undefined;
}
