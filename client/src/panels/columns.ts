import { type TextDocument, ViewColumn, window } from 'vscode';

/** Where a line is shown: in the editor that shows its file, else beside the page, which stays to be seen. */
export function columnFor(document: TextDocument, page: ViewColumn | undefined): ViewColumn {
  const visible = window.visibleTextEditors.filter(
    ({ viewColumn }) => viewColumn !== undefined && viewColumn !== page,
  );
  const uri = document.uri.toString();
  const same = visible.find((it) => it.document.uri.toString() === uri);
  return (same ?? visible[0])?.viewColumn ?? (page === ViewColumn.One ? ViewColumn.Two : ViewColumn.One);
}
