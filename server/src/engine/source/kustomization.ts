import { readYaml } from '../yaml/read';
import { plainValue } from '../yaml/walk';

/** What a kustomization says about other files and about the objects in them. */
export interface KustomizationFile {
  readonly resources: readonly string[];
  readonly bases: readonly string[];
  readonly components: readonly string[];
  /** Files whose documents only change others. */
  readonly patches: readonly string[];
  readonly namespace?: string;
  readonly namePrefix?: string;
  readonly nameSuffix?: string;
}

export function isKustomizationName(path: string): boolean {
  return /(?:^|[/\\])(?:kustomization\.ya?ml|Kustomization)$/.test(path);
}

/** Nothing when the text is not a kustomization that can be read. */
export function readKustomization(text: string): KustomizationFile | undefined {
  const { root, problems } = readYaml(text);
  if (problems.some(({ code }) => code === 'alias-bomb' || code === 'too-deep')) {
    return undefined;
  }
  const value = plainValue(root);
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
    ...(namespace !== undefined && { namespace }),
    ...(namePrefix !== undefined && { namePrefix }),
    ...(nameSuffix !== undefined && { nameSuffix }),
  };
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
