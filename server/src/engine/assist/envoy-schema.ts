import { type SchemaPlace, stepInto } from '../schema/schema';
import type { EnumValue, SchemaField, SchemaNode } from '../schema/schema-node';
import {
  camelCase,
  type FieldType,
  fieldsOf,
  messageOf,
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
  let node: SchemaNode | undefined = messageNode(message);
  for (const [index, step] of steps.entries()) {
    const outer = typed(node, manifest, path.slice(0, 5 + index));
    node = outer && stepInto(outer, spelledAs(outer, step))?.node;
  }
  node = typed(node, manifest, path);
  return node && { node, text: '', required: false };
}

/** A step as the node's own fields are spelled. */
function spelledAs({ fields }: SchemaNode, step: string | number): string | number {
  const isOwn = fields === undefined || fields.has(String(step));
  return isOwn ? step : ([...fields.keys()].find((it) => camelCase(it) === step) ?? step);
}

/** An `Any` has the fields of what it holds, too. */
function typed(node: SchemaNode | undefined, manifest: Manifest, path: Path): SchemaNode | undefined {
  const url = node?.required?.[0] === typeField ? textAt(manifest.object, [...path, typeField]) : undefined;
  const own = url === undefined ? undefined : fieldNodes(messageOf(url));
  return node && own ? { ...node, fields: new Map([...(node.fields ?? []), ...own]) } : node;
}

const typeField = '@type';

/** Messages hold one another, so their fields are made when they are asked for. */
function messageNode(message: string, outer = ''): SchemaNode {
  return {
    type: 'object',
    get fields() {
      return fieldNodes(message, categories[message] ?? outer);
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

function fieldNode({ form, type }: FieldType, extensions: string): SchemaNode {
  const item = valueNode(type, extensions);
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

function valueNode(type: string, extensions: string): SchemaNode {
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
  return type.includes('.') ? messageNode(type, extensions) : { type: 'integer' };
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

/** Where the extensions that a message holds are defined. */
const categories: { readonly [message: string]: string } = {
  'envoy.config.accesslog.v3.AccessLog': 'access_loggers',
  'envoy.config.core.v3.TransportSocket': 'transport_sockets',
  'envoy.config.listener.v3.Filter': 'filters.network',
  'envoy.config.listener.v3.ListenerFilter': 'filters.listener',
  'envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter': 'filters.http',
};
