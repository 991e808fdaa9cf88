import type { Path, YamlMap, YamlNode, YamlScalar } from '../yaml/node';
import { keyText, resolved } from '../yaml/walk';
import { reportMissing } from './check-fields';
import { keyFault, labelValueFault, namespaceFault, objectNameFault } from './kubernetes-names';
import { pairNamed, pairsOf } from './pairs-of';
import { report, type StructureFix, type Walk } from './structure-finding';
import { quoted } from './words';
import { isNull } from './wrong-type';

const maxAnnotationBytes = 256 * 1024;

/** What the API server demands of names, labels and annotations beyond their types. */
export function checkMetadata(walk: Walk, object: YamlMap): void {
  const written = resolved(pairNamed(object, 'metadata')?.value);
  const metadata = written?.type === 'map' ? written : undefined;
  if (!walk.context.partial && (metadata || !written || isNull(written))) {
    checkNamed(walk, object, metadata);
  }
  for (const pair of metadata ? pairsOf(metadata) : []) {
    const value = resolved(pair.value);
    if (value) {
      checkEntry(walk, keyText(pair), value);
    }
  }
}

function checkEntry(walk: Walk, field: string | undefined, value: YamlNode): void {
  switch (field) {
    case 'name':
    case 'namespace':
    case 'generateName':
      checkName(walk, value, field);
      break;
    case 'labels':
      checkLabels(walk, value);
      break;
    case 'annotations':
      checkAnnotations(walk, value);
      break;
    case 'finalizers':
      checkFinalizers(walk, value);
  }
}

function checkNamed(walk: Walk, object: YamlMap, metadata: YamlMap | undefined): void {
  const name = resolved(metadata && pairNamed(metadata, 'name')?.value);
  if (name && !isNull(name) && textOf(name) !== '') {
    return;
  }
  if (metadata && textOf(resolved(pairNamed(metadata, 'generateName')?.value))) {
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

type NameField = 'name' | 'namespace' | 'generateName';

const faultOf: { readonly [field in NameField]: (name: string) => string | undefined } = {
  name: objectNameFault,
  namespace: namespaceFault,
  // What the cluster adds makes a dash at the end good.
  generateName: (name) => objectNameFault(name.replace(/(.)-$/, '$1a')),
};

function checkName(walk: Walk, node: YamlNode, field: NameField): void {
  const name = textOf(node);
  const fault = name ? faultOf[field](name) : undefined;
  if (!name || fault === undefined || walk.context.isHole(node)) {
    return;
  }
  const path = at(walk, field);
  const message = `${quoted(name)} cannot be the ${field} of an object: ${fault}`;
  report(walk, 'schema/metadata', { path }, message, renames(path, name, field));
}

/** A name that keeps what can be kept. Other documents may use the old one, so this is an offer only. */
function renames(path: Path, name: string, field: NameField): readonly StructureFix[] {
  const good = name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return good === '' || faultOf[field](good)
    ? []
    : [{ title: `Use ${quoted(good)}`, edits: [{ op: 'set', path, value: good }] }];
}

function checkLabels(walk: Walk, labels: YamlNode): void {
  for (const { key, node, path } of entries(walk, labels, 'labels')) {
    const keyProblem = keyFault(key);
    const value = node && textOf(node);
    const valueProblem = value && labelValueFault(value);
    if (keyProblem) {
      const message = `${quoted(key)} cannot be a label key: ${keyProblem}`;
      report(walk, 'schema/metadata', { path, part: 'key' }, message);
    }
    if (valueProblem && !walk.context.isHole(node!)) {
      const message = `${quoted(value)} cannot be the value of a label: ${valueProblem}`;
      report(walk, 'schema/metadata', { path }, message);
    }
  }
}

function checkAnnotations(walk: Walk, annotations: YamlNode): void {
  let bytes = 0;
  for (const { key, node, path } of entries(walk, annotations, 'annotations')) {
    const fault = keyFault(key, true);
    if (fault) {
      const message = `${quoted(key)} cannot be an annotation key: ${fault}`;
      report(walk, 'schema/metadata', { path, part: 'key' }, message);
    }
    bytes += byteLength(key) + byteLength(textOf(node) ?? '');
  }
  if (bytes > maxAnnotationBytes) {
    const message = `The annotations have ${bytes} bytes in all, and an object may have ${maxAnnotationBytes}`;
    report(walk, 'schema/metadata', { path: at(walk, 'annotations'), part: 'key' }, message);
  }
}

function checkFinalizers(walk: Walk, finalizers: YamlNode): void {
  const items = finalizers.type === 'seq' ? finalizers.items : [];
  for (const [index, item] of items.entries()) {
    const name = textOf(resolved(item));
    const fault = name === undefined ? undefined : keyFault(name);
    if (fault) {
      const message = `${quoted(name!)} cannot be a finalizer: ${fault}`;
      report(walk, 'schema/metadata', { path: [...at(walk, 'finalizers'), index] }, message);
    }
  }
}

interface Entry {
  readonly key: string;
  /** Absent for null, which Go reads as an empty text. */
  readonly node: YamlNode | undefined;
  readonly path: Path;
}

/** The entries of a map; keys that are filled in later are left out. */
function entries(walk: Walk, map: YamlNode, field: string): readonly Entry[] {
  const found: Entry[] = [];
  for (const pair of map.type === 'map' ? pairsOf(map) : []) {
    const key = keyText(pair);
    const node = resolved(pair.value);
    if (key !== undefined && node && !walk.context.isHole(pair.key)) {
      found.push({
        key,
        node: isNull(node) ? undefined : node,
        path: [...walk.path, 'metadata', field, key],
      });
    }
  }
  return found;
}

function textOf(node: YamlNode | undefined): string | undefined {
  const { value } = node?.type === 'scalar' ? node : ({} as Partial<YamlScalar>);
  return typeof value === 'string' ? value : undefined;
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
