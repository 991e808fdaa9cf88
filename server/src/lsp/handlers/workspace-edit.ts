import type { ChangeAnnotation, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { TextEdit } from '../../engine/text/edit';
import { toTextEdits } from '../convert';
import type { Shell } from '../shell';

type Edits = ReadonlyMap<string, readonly TextEdit[]>;

export function toWorkspaceEdit(shell: Shell, edits: Edits): WorkspaceEdit {
  const changes = [...edits].map(([uri, list]) => [uri, toTextEdits(list, shell.positionsOf(uri))] as const);
  return { changes: Object.fromEntries(changes) };
}

/** A file that does not exist yet. */
export interface FileToWrite {
  readonly uri: string;
  readonly text: string;
}

/**
 * An edit that tells what it is for. What it changes in other files than the one in front is shown for approval
 * first, where the editor knows how to.
 */
export function toAnnotatedEdit(
  shell: Shell,
  front: string,
  edits: Edits,
  files: readonly FileToWrite[],
  annotation: ChangeAnnotation,
): WorkspaceEdit {
  const support = shell.client.workspace?.workspaceEdit;
  if (!support?.documentChanges) {
    return toWorkspaceEdit(shell, edits);
  }
  const isAnnotated = support.changeAnnotationSupport !== undefined;
  const annotated = (annotationId: keyof typeof annotations) => (isAnnotated ? { annotationId } : {});
  const annotations = {
    'egress-route': annotation,
    'egress-route-elsewhere': { ...annotation, needsConfirmation: true },
  };
  const changed = [...edits].map(([uri, list]): TextDocumentEdit => {
    const id = annotated(uri === front ? 'egress-route' : 'egress-route-elsewhere');
    return {
      textDocument: { uri, version: shell.documents.get(uri)?.version ?? null },
      edits: toTextEdits(list, shell.positionsOf(uri)).map((it) => ({ ...it, ...id })),
    };
  });
  const start = { line: 0, character: 0 };
  const own = annotated('egress-route');
  const created = files.flatMap(({ uri, text }) => [
    { kind: 'create' as const, uri, options: { ignoreIfExists: true }, ...own },
    {
      textDocument: { uri, version: null },
      edits: [{ range: { start, end: start }, newText: text, ...own }],
    },
  ]);
  return {
    documentChanges: [...changed, ...created],
    ...(isAnnotated && { changeAnnotations: annotations }),
  };
}
