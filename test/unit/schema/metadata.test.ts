import { suite, test } from 'node:test';
import { check, head } from '../../support/structure';

const spec = 'spec: { mtls: { mode: STRICT } }\n';
const withMetadata = (fields: string): string => `${head('PeerAuthentication')}${fields}${spec}`;

suite('what other tools write', () => {
  test('owners have a version, are no events, and one of them manages the object', () => {
    check(
      withMetadata(`  ownerReferences:
    - { apiVersion: apps/v1, kind: Deployment, name: a, uid: b, controller: true }
    - { apiVersion: a/b/c, kind: Deployment, name: a, uid: b }
#                   ^^^^^ schema/pattern "a/b/c" is no valid "apiVersion": it takes a version, with its group in front as in "apps/v1" unless it is the core group
    - { apiVersion: v1, kind: Event, name: a, uid: b }
#                             ^^^^^ schema/rule An event cannot own objects; name an owner of another kind
`),
    );
    check(
      withMetadata(`  ownerReferences:
    - { apiVersion: apps/v1, kind: Deployment, name: a, uid: b, controller: true }
    - { apiVersion: /v1, kind: Deployment, name: b, uid: c, controller: false }
    - { apiVersion: events.k8s.io/v1, kind: Event, name: c, uid: d, controller: true }
#                                                                               ^^^^ schema/rule Only one owner can manage an object; set "controller" for one of them
`),
    );
  });

  test('two finalizers exclude each other', () => {
    check(
      withMetadata(`  finalizers: [orphan, example.com/a, foregroundDeletion]
#                                     ^^^^^^^^^^^^^^^^^^ schema/one-of "orphan" and "foregroundDeletion" exclude each other; keep one of them
`),
    );
    check(withMetadata('  finalizers: [orphan, example.com/a]\n'));
  });

  test('managed fields are what kubectl shows', () => {
    check(
      withMetadata(`  managedFields:
    - manager: kubectl
      operation: Apply
      apiVersion: security.istio.io/v1
      time: "2026-01-01T00:00:00Z"
      fieldsType: FieldsV1
      fieldsV1: { "f:spec": {} }
    - operation: Patch
#                ^^^^^ schema/enum "Patch" is no value of "operation"; use "Apply" or "Update"
      fieldsType: ""
    - manager: kubectl
#     ^^^^^^^ schema/required "metadata.managedFields[2]" needs the field "operation"
`),
    );
  });

  test('a generation counts up', () => {
    check(
      withMetadata(`  generation: -1
#             ^^ schema/range -1 is out of range: "generation" must be at least 0
`),
    );
  });
});

test('a label without a value has a key all the same', () => {
  check(
    withMetadata(`  labels: { app egress, team }
#           ^^^^^^^^^^ schema/metadata "app egress" cannot be a label key: it takes letters, digits, "-", "_" and ".", with a letter or digit at both ends
`),
  );
});

suite('times as Go reads them', () => {
  for (const good of [
    '2026-01-01T00:00:00Z',
    '2024-02-29T9:59:59.123Z',
    '2026-01-01T00:00:00,5+24:00',
    '0000-12-31T23:59:59-08:00',
  ]) {
    test(good, () => check(withMetadata(`  creationTimestamp: "${good}"\n`)));
  }
  for (const bad of [
    '2026-01-01',
    '2026-02-29T00:00:00Z',
    '2100-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:00:60Z',
    '2026-01-01T00:00:00',
    '2026-01-01t00:00:00z',
    '2026-01-01T00:00:00+25:00',
  ]) {
    test(`no time: ${bad}`, () => {
      const value = `"${bad}"`;
      const marker = `#                    ${'^'.repeat(value.length)} schema/pattern ${value} is no time: write it as "2026-01-31T12:00:00Z"\n`;
      check(withMetadata(`  creationTimestamp: ${value}\n${marker}`));
    });
  }
});
