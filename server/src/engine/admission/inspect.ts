import type { Fix, Rejecter, Severity } from '../model/finding';
import { fields, items, text } from '../model/guards';
import { checkStructure, type StructureFinding } from '../schema/check-structure';
import { isHole } from '../source/holes';
import type { SourceDocument } from '../source/source';
import type { Span } from '../text/span';
import type { Path, YamlProblem } from '../yaml/node';
import { plainValue } from '../yaml/walk';

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
}

/** A finding that needs nothing but the document; the layers above add where the document stands. */
export interface OwnFinding {
  readonly code: string;
  readonly layer: 'yaml' | 'schema' | 'istiod';
  readonly severity: Severity;
  readonly at: { readonly path: Path; readonly part?: 'key' | 'value' } | { readonly span: Span };
  readonly message: string;
  readonly fixes: readonly OwnFix[];
}

export interface OwnFix extends Omit<Fix, 'changes'> {
  readonly edits: NonNullable<StructureFinding['fixes']>[number]['edits'];
}

/** Remembers what it said about a document for as long as the document lives. */
export class Inspector {
  readonly #memo = new WeakMap<SourceDocument, Inspection>();

  inspect(document: SourceDocument): Inspection {
    let inspection = this.#memo.get(document);
    if (!inspection) {
      inspection = inspect(document);
      this.#memo.set(document, inspection);
    }
    return inspection;
  }
}

function inspect(document: SourceDocument): Inspection {
  const { yaml } = document;
  const unsafe = yaml.problems.some(
    (problem) => problem.code === 'alias-bomb' || problem.code === 'too-deep',
  );
  const value = unsafe ? undefined : plainValue(yaml.root);
  const structure = unsafe || yaml.problems.length > 0 ? [] : checkStructure(yaml, contextOf(document));
  const objects = objectsIn(value).map(({ base, object }) =>
    describe(base, object, rejecter(document, base, structure)),
  );
  return { objects, findings: [...ownProblems(document), ...structure.map(structureFinding)] };
}

function contextOf(document: SourceDocument): Parameters<typeof checkStructure>[1] {
  return { isHole: (span) => isHole(document, span), partial: document.partial };
}

function objectsIn(value: unknown): { readonly base: Path; readonly object: unknown }[] {
  const whole = fields(value);
  if (text(whole.kind) === 'List' && Array.isArray(whole.items)) {
    return items(whole.items).map((object, index) => ({ base: ['items', index], object }));
  }
  return [{ base: [], object: value }];
}

function describe(base: Path, object: unknown, rejectedBy: Rejecter | undefined): InspectedObject {
  const { apiVersion, kind, metadata } = fields(object);
  return {
    base,
    value: object,
    apiVersion: text(apiVersion) ?? '',
    kind: text(kind) ?? '',
    name: text(fields(metadata).name) ?? '',
    namespace: text(fields(metadata).namespace) || undefined,
    ...(rejectedBy && { rejectedBy }),
  };
}

function rejecter(
  document: SourceDocument,
  base: Path,
  structure: readonly StructureFinding[],
): Rejecter | undefined {
  if (document.yaml.problems.length > 0) {
    return 'yaml';
  }
  const refused = structure.some((finding) => finding.rejectedBy && startsWith(finding.path, base));
  return refused ? 'apiserver' : undefined;
}

function startsWith(path: Path, base: Path): boolean {
  return base.every((step, index) => path[index] === step);
}

/** A template is not the text the cluster will see, so what its text breaks is no fault. */
function ownProblems(document: SourceDocument): OwnFinding[] {
  if (document.partial) {
    return [];
  }
  return document.yaml.problems.map((problem: YamlProblem) => ({
    code: `yaml/${problem.code}`,
    layer: 'yaml',
    severity: 'error',
    at: { span: problem.span },
    message: problem.message,
    fixes: [],
  }));
}

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
