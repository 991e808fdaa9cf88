import { groupOf } from '../model/kinds';
import { kindSchemas, type SchemaPlace, schemaAt } from '../schema/schema';
import type { Path } from '../yaml/node';
import type { Manifest } from './manifest';

/** What the schema says of a place in an object. While no kind is written, the fields every object has. */
export function schemaOf({ apiVersion, writtenKind }: Manifest, path: Path): SchemaPlace | undefined {
  const schema = kindSchemas.get(writtenKind);
  if (!schema) {
    return path.length === 0 || path[0] === 'metadata' ? schemaAt('ServiceEntry', path) : undefined;
  }
  const meant = apiVersion === '' || groupOf(apiVersion) === schema.group;
  return meant ? schemaAt(writtenKind, path) : undefined;
}
