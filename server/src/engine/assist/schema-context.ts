import { groupOf } from '../model/kinds';
import { type Crds, schemaOf as schemaFor } from '../schema/crd';
import { kindSchemas, placeIn, type SchemaPlace, schemaAt } from '../schema/schema';
import type { Path } from '../yaml/node';
import { envoyPlace } from './envoy-schema';
import type { Manifest } from './manifest';

/** What the schema says of a place in an object. While no kind is written, the fields every object has. */
export function schemaOf(manifest: Manifest, path: Path, crds: Crds): SchemaPlace | undefined {
  const { apiVersion, writtenKind } = manifest;
  const builtIn = kindSchemas.get(writtenKind);
  const schema = schemaFor(writtenKind, apiVersion === '' ? undefined : apiVersion, builtIn, crds);
  if (!schema) {
    return path.length === 0 || path[0] === 'metadata' ? schemaAt('ServiceEntry', path) : undefined;
  }
  const meant = apiVersion === '' || groupOf(apiVersion) === schema.group;
  const place = meant ? placeIn(schema, path) : undefined;
  return (meant && writtenKind === 'EnvoyFilter' && envoyPlace(manifest, path)) || place;
}
