import { any, choiceOf, field, object, unlisted } from './build-schema';
import type { SchemaNode } from './schema-node';

const string: SchemaNode = { type: 'string' };
const filled: SchemaNode = { type: 'string', minLength: 1 };
const boolean: SchemaNode = { type: 'boolean' };
const integer: SchemaNode = { type: 'integer' };
const time: SchemaNode = { type: 'string', format: 'date-time' };
const stringMap: SchemaNode = { type: 'map', item: string };

const version: SchemaNode = {
  type: 'string',
  minLength: 1,
  pattern: /^(?:[^/]*\/)?[^/]+$/,
  patternText: 'a version, with its group in front as in "apps/v1" unless it is the core group',
};

const owner = object(
  [
    field('apiVersion', version, 'The API version of the owner.'),
    field('kind', filled, 'The kind of the owner.'),
    field('name', filled, 'The name of the owner.'),
    field('uid', filled, 'The uid of the owner.'),
    field('controller', boolean, 'Whether the owner manages the object.'),
    field('blockOwnerDeletion', boolean, 'Whether the owner stays until the object is gone.'),
  ],
  ['apiVersion', 'kind', 'name', 'uid'],
  {
    rule: 'self.apiVersion != "v1" || self.kind != "Event"',
    says: 'An event cannot own objects; name an owner of another kind',
    on: ['kind'],
  },
);

const owners: SchemaNode = {
  type: 'list',
  item: owner,
  rules: [
    {
      rule: 'self.filter(it, has(it.controller) && it.controller).size() <= 1',
      says: 'Only one owner can manage an object; set "controller" for one of them',
      on: ['controller'],
    },
  ],
  ruled: true,
};

const finalizers: SchemaNode = {
  type: 'list',
  item: string,
  rules: [
    {
      rule: '!("orphan" in self && "foregroundDeletion" in self)',
      says: '"orphan" and "foregroundDeletion" exclude each other; keep one of them',
      code: 'schema/one-of',
    },
  ],
  ruled: true,
};

/** What `kubectl get -o yaml` shows of who wrote which field. */
const written = object(
  [
    unlisted('manager', { type: 'string', maxLength: 128 }),
    unlisted('operation', choiceOf('Apply', 'Update')),
    unlisted('apiVersion', string),
    unlisted('time', time),
    unlisted('fieldsType', choiceOf('FieldsV1', '')),
    unlisted('fieldsV1', any),
    unlisted('subresource', { type: 'string', maxLength: 256 }),
  ],
  ['operation'],
);

/** What Kubernetes knows of an object's `metadata`. What the cluster itself writes is accepted, not offered. */
export const metadataSchema: SchemaNode = object([
  field('name', string, 'The name of the object, unique for its kind in the namespace.'),
  field('namespace', string, 'The namespace of the object; the one of the command line when left out.'),
  field('labels', stringMap, 'Labels that selectors find the object by.'),
  field('annotations', stringMap, 'Notes for tools; nothing selects by them.'),
  unlisted('generateName', string),
  unlisted('selfLink', string),
  unlisted('uid', string),
  unlisted('resourceVersion', string),
  unlisted('generation', { type: 'integer', minimum: 0 }),
  unlisted('creationTimestamp', time),
  unlisted('deletionTimestamp', time),
  unlisted('deletionGracePeriodSeconds', integer),
  unlisted('ownerReferences', owners),
  unlisted('finalizers', finalizers),
  unlisted('managedFields', { type: 'list', item: written }),
]);
