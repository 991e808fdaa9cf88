import type { SchemaField, SchemaNode } from './schema-node';

const string: SchemaNode = { type: 'string' };
const filled: SchemaNode = { type: 'string', minLength: 1 };
const boolean: SchemaNode = { type: 'boolean' };
const integer: SchemaNode = { type: 'integer' };
/** What nobody looks at. */
export const any: SchemaNode = { type: 'any' };
const time: SchemaNode = { type: 'string', format: 'date-time' };
const stringMap: SchemaNode = { type: 'map', item: string };

const owner = object(
  [
    field('apiVersion', filled, 'The API version of the owner.'),
    field('kind', filled, 'The kind of the owner.'),
    field('name', filled, 'The name of the owner.'),
    field('uid', filled, 'The uid of the owner.'),
    field('controller', boolean, 'Whether the owner manages the object.'),
    field('blockOwnerDeletion', boolean, 'Whether the owner stays until the object is gone.'),
  ],
  ['apiVersion', 'kind', 'name', 'uid'],
);

/** What Kubernetes knows of an object's `metadata`. What the cluster itself writes is accepted, not offered. */
export const metadataSchema: SchemaNode = object([
  field('name', string, 'The name of the object, unique for its kind in the namespace.'),
  field('namespace', string, 'The namespace of the object; the one of the command line when left out.'),
  field('labels', stringMap, 'Labels that selectors find the object by.'),
  field('annotations', stringMap, 'Notes for tools; nothing selects by them.'),
  written('generateName', string),
  written('selfLink', string),
  written('uid', string),
  written('resourceVersion', string),
  written('generation', integer),
  written('creationTimestamp', time),
  written('deletionTimestamp', time),
  written('deletionGracePeriodSeconds', integer),
  written('ownerReferences', { type: 'list', item: owner }),
  written('finalizers', { type: 'list', item: string }),
  written('managedFields', { type: 'list', item: any }),
]);

export function object(fields: readonly SchemaField[], required: readonly string[] = []): SchemaNode {
  return { type: 'object', fields: new Map(fields.map((it) => [it.name, it])), required };
}

export function field(name: string, node: SchemaNode, text: string): SchemaField {
  return { name, node, text };
}

/** A field the cluster fills in. */
export function written(name: string, node: SchemaNode): SchemaField {
  return { name, node, text: '', unlisted: true };
}
