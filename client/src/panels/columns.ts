import { type TextDocument, ViewColumn, window } from 'vscode';

/** Where a line is shown: in the editor that shows its file, else beside the graph, which stays to be seen. */
export function columnFor(document: TextDocument, graph: ViewColumn | undefined): ViewColumn {
  const visible = window.visibleTextEditors.filter(
    ({ viewColumn }) => viewColumn !== undefined && viewColumn !== graph,
  );
  const uri = document.uri.toString();
  const same = visible.find((it) => it.document.uri.toString() === uri);
  return (same ?? visible[0])?.viewColumn ?? (graph === ViewColumn.One ? ViewColumn.Two : ViewColumn.One);
}
