import { groupOf } from '../model/kinds';
import type { Kind } from '../model/resource';
import { schemaOf } from '../schema/crd';
import { kindSchemas } from '../schema/schema';
import type { SchemaNode } from '../schema/schema-node';
import { type IstioVersion, isNewer } from '../schema/versions';
import type { Path } from '../yaml/node';
import type { CompletionContext, Offer } from './completion-item';
import { documentationOf } from './describe-schema';
import { valueText } from './insert-text';

/** The values the schema knows, and those everybody uses where it knows none. */
export function valueItems(context: CompletionContext): readonly Offer[] {
  const { node, path, manifest } = context;
  if (path.length === 1 && path[0] === 'apiVersion') {
    return apiVersions(context);
  }
  if (path.length === 1 && path[0] === 'kind') {
    return kinds(context);
  }
  if (node?.type === 'boolean') {
    return ['true', 'false'].map((it) => offer(context, it, it === 'true'));
  }
  const listed = listedValues(context, node);
  const usual = listed.length > 0 ? [] : usualValues(manifest.kind, path);
  return [...listed, ...usual.map((it) => offer(context, it, it))];
}

function listedValues(context: CompletionContext, node: SchemaNode | undefined): readonly Offer[] {
  const values = [...(node?.values?.values() ?? [])];
  return values
    .filter((it) => !it.unlisted || it.name === context.cursor.prefix)
    .filter((it) => !isNewer(it.since, targetOf(context)))
    .map((it) => {
      const documentation = documentationOf(it);
      return { ...offer(context, it.name, it.name), ...(documentation !== '' && { documentation }) };
    });
}

function targetOf({ spot }: CompletionContext): IstioVersion | undefined {
  return spot.scope.settings.targetVersion;
}

function offer({ cursor, placement }: CompletionContext, label: string, value: string | boolean): Offer {
  return { label, kind: 'value', insertText: valueText(value, cursor, placement), snippet: false };
}

/** The schema takes any text for a protocol, but Istio knows these. */
function usualValues(kind: Kind, path: Path): readonly string[] {
  const isPort = path.includes('port') || path.includes('ports');
  return path.at(-1) === 'protocol' && isPort && portKinds.includes(kind) ? protocols : [];
}

const portKinds: readonly Kind[] = ['ServiceEntry', 'Gateway', 'Sidecar'];
const protocols: readonly string[] = ['HTTP', 'HTTPS', 'TLS', 'TCP', 'HTTP2', 'GRPC', 'GRPC-WEB', 'MONGO'];

/** Of the kind that is written, or of every kind, those people write most first. */
function apiVersions(context: CompletionContext): readonly Offer[] {
  const { writtenKind } = context.manifest;
  const own = schemaOf(writtenKind, undefined, kindSchemas.get(writtenKind), context.spot.crds);
  const schemas = own ? [own] : [...kindSchemas.values()];
  const versions = schemas.flatMap(({ group, versions: served }) => served.map((it) => `${group}/${it}`));
  return [...new Set(versions)].map((it) => offer(context, it, it));
}

function kinds(context: CompletionContext): readonly Offer[] {
  const { apiVersion } = context.manifest;
  const all = [...kindSchemas.values()].filter((it) => !isNewer(it.since, targetOf(context)));
  const ofGroup = all.filter(({ group, versions }) =>
    versions.some((version) => apiVersion === `${group}/${version}`),
  );
  const sameGroup = all.filter(({ group }) => group === groupOf(apiVersion));
  const wanted =
    ofGroup.length > 0 ? ofGroup : sameGroup.length > 0 ? sameGroup : apiVersion === '' ? all : [];
  return wanted.map((schema) => {
    const documentation = documentationOf({
      name: schema.kind,
      text: schema.text,
      ...(schema.since && { since: schema.since }),
    });
    return { ...offer(context, schema.kind, schema.kind), ...(documentation !== '' && { documentation }) };
  });
}
