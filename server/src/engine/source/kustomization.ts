import { readYaml } from '../yaml/read';
import { plainValue } from '../yaml/walk';

/** Objects whose content a kustomization changes: all that have every name that is given. */
export interface ChangeTarget {
  readonly kind?: string;
  readonly name?: string;
}

/** What a kustomization says about other files and about the objects in them. */
export interface KustomizationFile {
  readonly resources: readonly string[];
  readonly bases: readonly string[];
  readonly components: readonly string[];
  /** Files whose documents only change others. */
  readonly patches: readonly string[];
  /** The objects that patches and replacements name, as far as they change more than metadata. */
  readonly targets: readonly ChangeTarget[];
  readonly namespace?: string;
  readonly namePrefix?: string;
  readonly nameSuffix?: string;
}

export function isKustomizationName(path: string): boolean {
  return /(?:^|[/\\])(?:kustomization\.ya?ml|Kustomization)$/.test(path);
}

/** Nothing when the text is not a kustomization that can be read. */
export function readKustomization(text: string): KustomizationFile | undefined {
  const value = readValue(text);
  if (!isObject(value)) {
    return undefined;
  }
  const namespace = textOf(value.namespace);
  const namePrefix = textOf(value.namePrefix);
  const nameSuffix = textOf(value.nameSuffix);
  return {
    resources: textsOf(value.resources),
    bases: textsOf(value.bases),
    components: textsOf(value.components),
    patches: [
      ...pathsOf(value.patches),
      ...textsOf(value.patchesStrategicMerge).filter(isPath),
      ...pathsOf(value.patchesJson6902),
    ],
    targets: [
      ...[...itemsOf(value.patches), ...itemsOf(value.patchesJson6902)].flatMap(patchTarget),
      ...textsOf(value.patchesStrategicMerge).flatMap((it) => (isPath(it) ? [] : mergeTarget(readValue(it)))),
      ...itemsOf(value.replacements).flatMap(replacementTargets),
    ],
    ...(namespace !== undefined && { namespace }),
    ...(namePrefix !== undefined && { namePrefix }),
    ...(nameSuffix !== undefined && { nameSuffix }),
  };
}

/** Nothing for a text that would fill the memory or the stack. */
function readValue(text: string): unknown {
  const { root, problems } = readYaml(text);
  const isUnsafe = problems.some(({ code }) => code === 'alias-bomb' || code === 'too-deep');
  return isUnsafe ? undefined : plainValue(root);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textsOf(value: unknown): string[] {
  return itemsOf(value).filter((item): item is string => typeof item === 'string' && item !== '');
}

function pathsOf(value: unknown): string[] {
  return itemsOf(value).flatMap((item) => (isObject(item) ? (textOf(item.path) ?? []) : []));
}

/** `patchesStrategicMerge` also takes whole patches as text. */
function isPath(written: string): boolean {
  return !/\n|:\s/.test(written);
}

function patchTarget(patch: unknown): ChangeTarget[] {
  const { target, patch: inline } = isObject(patch) ? patch : {};
  const text = textOf(inline);
  const value = text === undefined ? undefined : readValue(text);
  if (value !== undefined && !reachesContent(value)) {
    return [];
  }
  return isObject(target) ? [named(target)] : mergeTarget(value);
}

/** A patch that is the object itself, as far as it changes. */
function mergeTarget(value: unknown): ChangeTarget[] {
  return isObject(value) && reachesContent(value)
    ? [named({ kind: value.kind, name: isObject(value.metadata) ? value.metadata.name : undefined })]
    : [];
}

/** Operations on paths, or a part of an object. */
function reachesContent(patch: unknown): boolean {
  return Array.isArray(patch)
    ? patch.some((it) => !isObject(it) || !String(it.path).startsWith('/metadata/'))
    : !isObject(patch) || Object.keys(patch).some((key) => !identifying.has(key));
}

const identifying: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

function replacementTargets(replacement: unknown): ChangeTarget[] {
  return itemsOf(isObject(replacement) ? replacement.targets : undefined).flatMap((it) => {
    const { select, fieldPaths } = isObject(it) ? it : {};
    const isContent = textsOf(fieldPaths).some((path) => !path.startsWith('metadata.'));
    return isObject(select) && isContent ? [named(select)] : [];
  });
}

/** Names are expressions; where one is more than a name, it may stand for any. */
function named({ kind, name }: { readonly kind?: unknown; readonly name?: unknown }): ChangeTarget {
  const plain = (value: unknown): string | undefined =>
    typeof value === 'string' && /^[\w.-]+$/.test(value) ? value : undefined;
  const [onlyKind, onlyName] = [plain(kind), plain(name)];
  return {
    ...(onlyKind !== undefined && { kind: onlyKind }),
    ...(onlyName !== undefined && { name: onlyName }),
  };
}
