import type { SchemaPlace } from '../schema/schema';
import type { EnumValue, SchemaField, SchemaNode } from '../schema/schema-node';
import {
  camelCase,
  type FieldType,
  fieldsOf,
  messagesIn,
  packageNames,
  valuesOf,
} from '../validation/envoy-filter/messages';
import { patchMessage } from '../validation/envoy-filter/value';
import type { Path } from '../yaml/node';
import { type Manifest, textAt } from './manifest';

const patches = ['spec', 'configPatches'];

/** What Envoy's messages say of a place in the value of an EnvoyFilter's patch; an `Any` is what its `@type` says. */
export function envoyPlace(manifest: Manifest, path: Path): SchemaPlace | undefined {
  const [spec, list, , patch, value, ...steps] = path;
  const isInside = spec === patches[0] && list === patches[1] && patch === 'patch' && value === 'value';
  const message = isInside && patchMessage(textAt(manifest.object, [...path.slice(0, 3), 'applyTo']) ?? '');
  if (!message) {
    return undefined;
  }
  let node: SchemaNode | undefined = messageNode(message, extensionsOf(message));
  for (const [index, step] of steps.entries()) {
    node = typed(node, manifest, path.slice(0, 5 + index));
    node = node && stepInto(node, step);
  }
  node = typed(node, manifest, path);
  return node && { node, text: '', required: false };
}

function stepInto(node: SchemaNode, step: string | number): SchemaNode | undefined {
  if (node.item) {
    return node.type === 'map' || typeof step === 'number' ? node.item : undefined;
  }
  const fields = node.fields;
  return (
    fields?.get(String(step)) ?? [...(fields?.values() ?? [])].find((it) => camelCase(it.name) === step)
  )?.node;
}

/** An `Any` has the fields of what it holds, too. */
function typed(node: SchemaNode | undefined, manifest: Manifest, path: Path): SchemaNode | undefined {
  const url = node?.required?.[0] === typeField ? textAt(manifest.object, [...path, typeField]) : undefined;
  const own = url === undefined ? undefined : fieldNodes(url.slice(url.lastIndexOf('/') + 1));
  return node && own ? { ...node, fields: new Map([...(node.fields ?? []), ...own]) } : node;
}

const typeField = '@type';

/** Messages hold one another, so their fields are made when they are asked for. */
function messageNode(message: string, extensions = ''): SchemaNode {
  return {
    type: 'object',
    get fields() {
      return fieldNodes(message, extensions);
    },
  };
}

function fieldNodes(message: string, extensions = ''): ReadonlyMap<string, SchemaField> | undefined {
  const fields = fieldsOf(message);
  const written = [...(fields ?? [])]
    .filter(([spelling, { name }]) => spelling === name)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return (
    fields &&
    new Map(written.map(([name, type]) => [name, { name, text: '', node: fieldNode(type, extensions) }]))
  );
}

function fieldNode({ name, form, type }: FieldType, extensions: string): SchemaNode {
  const item = valueNode(type, name, extensions);
  return form === 'one' ? item : { type: form, item };
}

const plainTypes: { readonly [type: string]: SchemaNode } = {
  string: { type: 'string' },
  StringValue: { type: 'string' },
  bytes: { type: 'string', format: 'byte' },
  BytesValue: { type: 'string', format: 'byte' },
  bool: { type: 'boolean' },
  BoolValue: { type: 'boolean' },
  float: { type: 'number' },
  double: { type: 'number' },
  FloatValue: { type: 'number' },
  DoubleValue: { type: 'number' },
  Duration: { type: 'string', format: 'duration' },
  Timestamp: { type: 'string', format: 'date-time' },
  Struct: { type: 'map' },
  Value: { type: 'any' },
  Empty: { type: 'object' },
};

function valueNode(type: string, name: string, extensions: string): SchemaNode {
  const plain = plainTypes[type];
  if (plain) {
    return plain;
  }
  if (type.startsWith('#')) {
    return { type: 'string', values: named(valuesOf(type.slice(1))) };
  }
  if (type === 'Any') {
    return anyNode(extensions);
  }
  return type.includes('.') ? messageNode(type, categories[name] ?? extensions) : { type: 'integer' };
}

function named(names: readonly string[]): ReadonlyMap<string, EnumValue> {
  return new Map(names.map((name) => [name, { name, text: '' }]));
}

function anyNode(extensions: string): SchemaNode {
  const packages =
    extensions === '' ? [] : packageNames.filter((it) => it.startsWith(`envoy.extensions.${extensions}.`));
  const urls = packages.flatMap((it) => messagesIn(it).map((name) => `type.googleapis.com/${it}.${name}`));
  const node: SchemaNode = { type: 'string', values: named(urls) };
  return {
    type: 'object',
    required: [typeField],
    fields: new Map([
      [typeField, { name: typeField, text: 'What this is: a message of Envoy by its whole name.', node }],
    ]),
  };
}

/** Where the extensions that a field holds are defined. */
const categories: { readonly [field: string]: string } = {
  access_log: 'access_loggers',
  filters: 'filters.network',
  http_filters: 'filters.http',
  listener_filters: 'filters.listener',
  transport_socket: 'transport_sockets',
  upstream_http_filters: 'filters.http',
};

function extensionsOf(message: string): string {
  const name = message.slice(message.lastIndexOf('.') + 1);
  return (
    { HttpFilter: 'filters.http', Filter: 'filters.network', ListenerFilter: 'filters.listener' }[name] ?? ''
  );
}
