import type { Path, YamlMap, YamlScalar } from '../yaml/node';
import { childOf, resolved } from '../yaml/walk';
import { reportMissing } from './check-fields';
import { keyFault, labelValueFault, namespaceFault, objectNameFault } from './kubernetes-names';
import { pairsOf } from './pairs-of';
import { report, type StructureFix, type Walk } from './structure-finding';
import { quoted } from './words';

const maxAnnotationBytes = 256 * 1024;

/** What the API server demands of names, labels and annotations beyond their types. */
export function checkMetadata(walk: Walk, object: YamlMap): void {
  const written = resolved(childOf(object, 'metadata'));
  const metadata = written?.type === 'map' ? written : undefined;
  if (!walk.context.partial && (!written || metadata || isNullScalar(written))) {
    checkNamed(walk, object, metadata);
  }
  if (!metadata) {
    return;
  }
  checkName(walk, metadata, 'name', objectNameFault);
  checkName(walk, metadata, 'namespace', namespaceFault);
  checkName(walk, metadata, 'generateName', (name) => objectNameFault(name.replace(/(.)-$/, '$1a')));
  checkLabels(walk, metadata);
  checkAnnotations(walk, metadata);
  checkFinalizers(walk, metadata);
}

function isNullScalar(node: { readonly type: string; readonly value?: unknown }): boolean {
  return node.type === 'scalar' && node.value === null;
}

function checkNamed(walk: Walk, object: YamlMap, metadata: YamlMap | undefined): void {
  const name = resolved(childOf(metadata, 'name'));
  if (name && !(name.type === 'scalar' && (name.value === null || name.value === ''))) {
    return;
  }
  const generated = textAt(metadata, 'generateName');
  if (generated?.value) {
    const message = '"kubectl apply" needs a "name"; "generateName" works with "kubectl create" only';
    report(walk, 'schema/required', { path: at(walk, 'generateName'), part: 'key' }, message);
  } else if (metadata) {
    walk.path.push('metadata');
    reportMissing(walk, metadata, 'name');
    walk.path.pop();
  } else {
    reportMissing(walk, object, 'metadata');
  }
}

function checkName(
  walk: Walk,
  metadata: YamlMap,
  field: 'name' | 'namespace' | 'generateName',
  faultOf: (name: string) => string | undefined,
): void {
  const node = textAt(metadata, field);
  const fault = node?.value ? faultOf(node.value) : undefined;
  if (!node || fault === undefined || walk.context.isHole(node)) {
    return;
  }
  const path = at(walk, field);
  const message = `${quoted(node.value)} cannot be the ${field} of an object: ${fault}`;
  report(walk, 'schema/metadata', { path }, message, renames(path, node.value, faultOf));
}

/** A name that keeps what can be kept. Other documents may use the old one, so this is an offer only. */
function renames(
  path: Path,
  name: string,
  faultOf: (name: string) => string | undefined,
): readonly StructureFix[] {
  const good = name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return good === '' || faultOf(good)
    ? []
    : [{ title: `Use ${quoted(good)}`, edits: [{ op: 'set', path, value: good }] }];
}

function checkLabels(walk: Walk, metadata: YamlMap): void {
  for (const { key, value, path } of entries(walk, metadata, 'labels')) {
    const keyProblem = keyFault(key);
    const valueProblem = value && labelValueFault(value.value);
    if (keyProblem) {
      report(
        walk,
        'schema/metadata',
        { path, part: 'key' },
        `${quoted(key)} cannot be a label key: ${keyProblem}`,
      );
    }
    if (value && valueProblem && !walk.context.isHole(value)) {
      const message = `${quoted(value.value)} cannot be the value of a label: ${valueProblem}`;
      report(walk, 'schema/metadata', { path }, message);
    }
  }
}

function checkAnnotations(walk: Walk, metadata: YamlMap): void {
  let bytes = 0;
  for (const { key, value, path } of entries(walk, metadata, 'annotations')) {
    const fault = keyFault(key, true);
    if (fault) {
      report(
        walk,
        'schema/metadata',
        { path, part: 'key' },
        `${quoted(key)} cannot be an annotation key: ${fault}`,
      );
    }
    bytes += byteLength(key) + byteLength(value?.value ?? '');
  }
  if (bytes > maxAnnotationBytes) {
    const message = `The annotations have ${bytes} bytes in all, and an object may have ${maxAnnotationBytes}`;
    report(walk, 'schema/metadata', { path: at(walk, 'annotations'), part: 'key' }, message);
  }
}

function checkFinalizers(walk: Walk, metadata: YamlMap): void {
  const list = resolved(childOf(metadata, 'finalizers'));
  for (const [index, item] of (list?.type === 'seq' ? list.items : []).entries()) {
    const node = resolved(item);
    const name = node?.type === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
    const fault = name === undefined ? undefined : keyFault(name);
    if (fault) {
      const message = `${quoted(name!)} cannot be a finalizer: ${fault}`;
      report(walk, 'schema/metadata', { path: [...at(walk, 'finalizers'), index] }, message);
    }
  }
}

interface Entry {
  readonly key: string;
  readonly value: Text | undefined;
  readonly path: Path;
}

/** The entries of a map of texts; keys that are filled in later and values dropped as null are left out. */
function* entries(walk: Walk, metadata: YamlMap, field: string): Iterable<Entry> {
  const map = resolved(childOf(metadata, field));
  for (const [key, pair] of map?.type === 'map' ? pairsOf(map) : []) {
    const value = resolved(pair.value);
    if (value && !isNullScalar(value) && !walk.context.isHole(pair.key)) {
      yield { key, value: asText(value), path: [...at(walk, field), key] };
    }
  }
}

type Text = YamlScalar & { readonly value: string };

function textAt(metadata: YamlMap | undefined, field: string): Text | undefined {
  return asText(resolved(childOf(metadata, field)));
}

function asText(node: { readonly type: string; readonly value?: unknown } | undefined): Text | undefined {
  return node?.type === 'scalar' && typeof node.value === 'string' ? (node as Text) : undefined;
}

function at(walk: Walk, field: string): Path {
  return [...walk.path, 'metadata', field];
}

function byteLength(text: string): number {
  let bytes = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
