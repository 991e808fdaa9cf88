import type { Span } from '../text/span';
import type { YamlEdit } from '../yaml/edit';
import type { Path, YamlDocument } from '../yaml/node';
import type { Crds } from './crd';
import type { SchemaNode } from './schema-node';
import type { StructureCode } from './structure-rules';
import type { IstioVersion } from './versions';

/** Something the API server would refuse, whatever else is in the cluster. Paths count from the document's root. */
export interface StructureFinding {
  readonly code: StructureCode;
  readonly path: Path;
  readonly part?: 'key' | 'value';
  readonly message: string;
  readonly rejectedBy: 'apiserver';
  readonly fixes?: readonly StructureFix[];
}

export interface StructureFix {
  readonly title: string;
  readonly edits: readonly YamlEdit[];
  readonly preferred?: boolean;
  readonly safe?: boolean;
}

export interface StructureContext {
  /** Whether any part of the span is filled in before the cluster sees it. */
  isHole(span: Span): boolean;
  /** Why the document may be less than what is applied; then nothing is missed in it. */
  readonly partial?: 'template' | 'fragment' | 'patch' | undefined;
  /** What the scope's own CustomResourceDefinitions say of kinds; they win over what is built in. */
  readonly crds?: Crds | undefined;
  /** What the mesh has; nothing when it has all that is known here. */
  readonly target?: IstioVersion | undefined;
}

/** Where a check stands in a document, and what it has found. */
export interface Walk {
  readonly document: YamlDocument;
  readonly context: StructureContext;
  /** Length of the path that leads to the object itself. */
  readonly base: number;
  readonly root: SchemaNode;
  /** The path of the value that is being checked; grows and shrinks on the way. */
  readonly path: (string | number)[];
  readonly findings: StructureFinding[];
}

export function report(
  walk: Walk,
  code: StructureCode,
  place: { readonly path?: Path; readonly part?: 'key' | 'value' },
  message: string,
  fixes: readonly StructureFix[] = [],
): void {
  const { path = [...walk.path], part } = place;
  walk.findings.push({
    code,
    path,
    ...(part && { part }),
    message,
    rejectedBy: 'apiserver',
    ...(fixes.length > 0 && { fixes }),
  });
}
