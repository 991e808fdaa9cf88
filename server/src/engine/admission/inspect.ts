import type { Fix, Rejecter, Severity } from '../model/finding';
import { fields, items, text } from '../model/guards';
import { checkStructure, type StructureFinding } from '../schema/check-structure';
import { type Crds, noCrds, schemaOf } from '../schema/crd';
import { kindSchemas } from '../schema/schema';
import type { IstioVersion } from '../schema/versions';
import { isHole } from '../source/holes';
import type { SourceDocument } from '../source/source';
import type { Span } from '../text/span';
import type { Path, YamlNode, YamlProblem } from '../yaml/node';
import { nodeAt, plainValue, resolved } from '../yaml/walk';
import { askIstiod } from './ask-istiod';

/** What the cluster would say to a document on its own, whatever else is applied. */
export interface Inspection {
  readonly objects: readonly InspectedObject[];
  readonly findings: readonly OwnFinding[];
}

export interface InspectedObject {
  /** Empty, or `['items', n]` in a List. */
  readonly base: Path;
  readonly value: unknown;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly rejectedBy?: Rejecter;
  /** Something that others follow, its name or its spec, is filled in before the cluster sees it. */
  readonly hasHoles: boolean;
}

/** A finding that needs nothing but the document; the layers above add where the document stands. */
export interface OwnFinding {
  readonly code: string;
  readonly layer: 'yaml' | 'schema' | 'istiod';
  readonly severity: Severity;
  /** The code `istioctl analyze` has for it, where it has one. */
  readonly istio?: string;
  readonly at: { readonly path: Path; readonly part?: 'key' | 'value' } | { readonly span: Span };
  readonly message: string;
  readonly fixes: readonly OwnFix[];
  /** Only for those who want to hear exactly what istioctl says. */
  readonly istioctlOnly?: boolean;
}

export interface OwnFix extends Omit<Fix, 'changes'> {
  readonly edits: NonNullable<StructureFinding['fixes']>[number]['edits'];
}

/** Remembers what it said about a document for as long as the document lives. */
export class Inspector {
  readonly #whole = new WeakMap<SourceDocument, Inspection>();
  readonly #patches = new WeakMap<SourceDocument, Inspection>();
  /** What CustomResourceDefinitions had a say in, by the one that had. */
  readonly #wholeByJudge = new WeakMap<object, WeakMap<SourceDocument, Inspection>>();
  readonly #patchesByJudge = new WeakMap<object, WeakMap<SourceDocument, Inspection>>();
  readonly #target: IstioVersion | undefined;

  /** For a mesh of that version, or of the newest that is known. */
  constructor(target?: IstioVersion) {
    this.#target = target;
  }

  /** Of a patch nothing is missed: what it leaves out is in the object that it changes. */
  inspect(document: SourceDocument, isPatch = false, crds: Crds = noCrds): Inspection {
    const memo = isPatch ? this.#patches : this.#whole;
    const plain = remembered(memo, document, () => this.#inspect(document, isPatch, noCrds));
    const judge = crds.size === 0 ? undefined : judgeOf(plain.objects, crds);
    if (!judge) {
      return plain;
    }
    const byJudge = isPatch ? this.#patchesByJudge : this.#wholeByJudge;
    const others = remembered(byJudge, judge, () => new WeakMap<SourceDocument, Inspection>());
    return remembered(others, document, () => this.#inspect(document, isPatch, crds));
  }

  #inspect(document: SourceDocument, isPatch: boolean, crds: Crds): Inspection {
    return inspect(document, document.partial ?? (isPatch ? 'patch' : undefined), {
      target: this.#target,
      crds,
    });
  }
}

/** What the schema of a document depends on: one schema, or in a list all of them. Nothing when all is built in. */
function judgeOf(objects: readonly InspectedObject[], crds: Crds): object | undefined {
  const judges = objects.flatMap(({ kind, apiVersion }) => {
    const builtIn = kindSchemas.get(kind);
    const schema = schemaOf(kind, apiVersion === '' ? undefined : apiVersion, builtIn, crds);
    return schema && schema !== builtIn ? [schema] : [];
  });
  return objects.length === 1 ? judges[0] : judges.length > 0 ? crds : undefined;
}

function remembered<K extends object, V>(memo: WeakMap<K, V>, key: K, make: () => V): V {
  let value = memo.get(key);
  if (value === undefined) {
    value = make();
    memo.set(key, value);
  }
  return value;
}

type Partial = Parameters<typeof checkStructure>[1]['partial'];

function inspect(
  document: SourceDocument,
  partial: Partial,
  mesh: Pick<Parameters<typeof checkStructure>[1], 'target' | 'crds'>,
): Inspection {
  const { yaml } = document;
  const unsafe = yaml.problems.some(
    (problem) => problem.code === 'alias-bomb' || problem.code === 'too-deep',
  );
  const value = unsafe ? undefined : plainValue(yaml.root);
  const structure =
    unsafe || yaml.problems.length > 0
      ? []
      : checkStructure(yaml, { isHole: (span) => isHole(document, span), partial, ...mesh });
  const refusals: OwnFinding[] = [];
  const objects = objectsIn(value).map(({ base, object }) => {
    const withHoles = hasHoles(document, base);
    const described = describe(base, object, rejecter(document, base, object, structure), withHoles);
    const standing = partial ?? (withHoles ? 'template' : undefined);
    const answer = askIstiod(document, described, standing, mesh.target);
    refusals.push(...answer.findings);
    return answer.refuses ? { ...described, rejectedBy: 'istiod' as const } : described;
  });
  const own = ownProblems(document, { refused: objects.some((it) => it.rejectedBy) });
  // What else is wrong may be so because of the part that is not read.
  const others = yaml.unread && own.length > 0 ? [] : [...structure.map(structureFinding), ...refusals];
  return { objects, findings: [...own, ...others] };
}

/** What a hole stands for is not known, so an object with one can be neither right nor wrong about others. */
function hasHoles(document: SourceDocument, base: Path): boolean {
  return (
    document.holes.length > 0 &&
    telling.some((path) => {
      const node = resolved(nodeAt(document.yaml.root, [...base, ...path]));
      return node !== undefined && isHole(document, { start: node.start, end: node.end });
    })
  );
}

/** Labels and annotations of the object itself are left out: no route depends on them. */
const telling: readonly Path[] = [['metadata', 'name'], ['metadata', 'namespace'], ['spec'], ['data']];

function objectsIn(value: unknown): { readonly base: Path; readonly object: unknown }[] {
  const whole = fields(value);
  if (text(whole.kind) === 'List' && Array.isArray(whole.items)) {
    return items(whole.items).map((object, index) => ({ base: ['items', index], object }));
  }
  return [{ base: [], object: value }];
}

function describe(
  base: Path,
  object: unknown,
  rejectedBy: Rejecter | undefined,
  withHoles: boolean,
): InspectedObject {
  const { apiVersion, kind, metadata } = fields(object);
  return {
    base,
    value: object,
    apiVersion: text(apiVersion) ?? '',
    kind: text(kind) ?? '',
    name: text(fields(metadata).name) ?? '',
    namespace: text(fields(metadata).namespace) || undefined,
    ...(rejectedBy && { rejectedBy }),
    hasHoles: withHoles,
  };
}

function rejecter(
  document: SourceDocument,
  base: Path,
  object: unknown,
  structure: readonly StructureFinding[],
): Rejecter | undefined {
  if (document.yaml.problems.length > 0 || (!document.partial && isNoObject(document.yaml.root))) {
    return 'yaml';
  }
  const refused = structure.some((finding) => finding.rejectedBy && startsWith(finding.path, base));
  return refused || (document.yaml.unread && !isObject(object)) ? 'apiserver' : undefined;
}

/** Without its end a manifest may have lost what makes it one. */
function isObject(object: unknown): boolean {
  const { apiVersion, kind } = fields(object);
  return text(apiVersion) !== undefined && text(kind) !== undefined;
}

/** A text or a list of its own is no manifest, so `kubectl` refuses it; it may well be a good file of another kind. */
function isNoObject(root: YamlNode | undefined): boolean {
  return root?.type === 'seq' || (root?.type === 'scalar' && root.value !== null);
}

function startsWith(path: Path, base: Path): boolean {
  return base.every((step, index) => path[index] === step);
}

/**
 * A template is not the text the cluster will see, so what its text breaks is no fault. Nor is it ours to judge what is no
 * manifest: settings with comments, lists of JSON objects, files of other tools.
 */
function ownProblems(
  document: SourceDocument,
  { refused }: { readonly refused: boolean },
): readonly OwnFinding[] {
  const { problems, text, unread } = document.yaml;
  const told = problems.length === 0 && unread ? [unread] : problems;
  if (document.partial || told.length === 0 || !isManifest(text)) {
    return [];
  }
  return told.map((problem: YamlProblem) => ({
    code: `yaml/${problem.code}`,
    layer: 'yaml',
    severity: problem === unread && !refused ? 'warning' : 'error',
    at: { span: problem.span },
    message: problem.message,
    fixes: [],
  }));
}

/** By its text, since what is broken has no keys to ask for. A directive breaks the manifest behind it. */
function isManifest(text: string): boolean {
  return (
    text.startsWith('%') || text.includes('istio.io') || (apiVersionKey.test(text) && kindKey.test(text))
  );
}

const apiVersionKey = /(?:^|[\s{,"'])apiVersion["']?\s*:/;
const kindKey = /(?:^|[\s{,"'])kind["']?\s*:/;

function structureFinding({ code, path, part, message, fixes }: StructureFinding): OwnFinding {
  return {
    code,
    layer: 'schema',
    severity: 'error',
    at: { path, ...(part && { part }) },
    message,
    fixes: fixes ?? [],
  };
}
