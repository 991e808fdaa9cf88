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

/** An edit that the editor can show for approval, file by file, where it knows how to. */
export function toAnnotatedEdit(
  shell: Shell,
  edits: Edits,
  files: readonly FileToWrite[],
  annotation: ChangeAnnotation,
): WorkspaceEdit {
  const support = shell.client.workspace?.workspaceEdit;
  if (!support?.documentChanges) {
    return toWorkspaceEdit(shell, edits);
  }
  const annotationId = support.changeAnnotationSupport ? 'egress-route' : undefined;
  const annotated = annotationId ? { annotationId } : {};
  const changed = [...edits].map(
    ([uri, list]): TextDocumentEdit => ({
      textDocument: { uri, version: shell.documents.get(uri)?.version ?? null },
      edits: toTextEdits(list, shell.positionsOf(uri)).map((it) => ({ ...it, ...annotated })),
    }),
  );
  const start = { line: 0, character: 0 };
  const created = files.flatMap(({ uri, text }) => [
    { kind: 'create' as const, uri, options: { ignoreIfExists: true }, ...annotated },
    {
      textDocument: { uri, version: null },
      edits: [{ range: { start, end: start }, newText: text, ...annotated }],
    },
  ]);
  return {
    documentChanges: [...changed, ...created],
    ...(annotationId && { changeAnnotations: { [annotationId]: annotation } }),
  };
}
