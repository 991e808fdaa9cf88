import {
  type DocumentSymbol as LspDocumentSymbol,
  type SymbolInformation,
  SymbolKind,
} from 'vscode-languageserver';
import { type DocumentSymbol, documentSymbols, workspaceSymbols } from '../../engine/assist/symbols';
import type { Place } from '../../engine/source/source';
import type { Span } from '../../engine/text/span';
import type { Positions } from '../convert';
import type { Shell } from '../shell';

const kinds = {
  object: SymbolKind.Object,
  field: SymbolKind.Field,
  item: SymbolKind.Array,
  value: SymbolKind.Property,
} as const;

/** More than this many answers help nobody. */
const mostSymbols = 500;

export function registerSymbols(shell: Shell): void {
  const { connection, projects } = shell;

  connection.onWorkspaceSymbol(({ query }): SymbolInformation[] => {
    shell.flush();
    const found = new Map<string, SymbolInformation>();
    for (const { engine } of projects.all()) {
      for (const live of engine.workspace.scopes()) {
        for (const it of workspaceSymbols(live.scope, query)) {
          const place = engine.place(it.slot, { path: it.path });
          const key = place && `${place.uri} ${place.span.start}`;
          // A document of several scopes is one symbol.
          if (place && !found.has(key!) && found.size < mostSymbols) {
            found.set(key!, toInformation(shell, it.name, live.plan.name, place));
          }
        }
      }
    }
    return [...found.values()];
  });

  connection.onDocumentSymbol(({ textDocument: { uri } }): LspDocumentSymbol[] => {
    shell.flush();
    const file = projects.of(uri).engine.file(uri);
    // Another extension may answer for YAML files; Markdown and shell files have an outline of their own.
    if (!file || shell.options.yamlExtension || file.form === 'markdown' || file.form === 'shell') {
      return [];
    }
    const positions = shell.positionsOf(uri);
    return file.entries.flatMap(({ document, place }) =>
      documentSymbols(document.yaml).map((it) => toSymbol(it, place, positions)),
    );
  });
}

function toInformation(
  shell: Shell,
  name: string,
  containerName: string,
  { uri, span }: { readonly uri: string; readonly span: Span },
): SymbolInformation {
  const location = { uri, range: shell.positionsOf(uri).range(span) };
  return { name, kind: SymbolKind.Object, containerName, location };
}

function toSymbol(it: DocumentSymbol, place: Place, positions: Positions): LspDocumentSymbol {
  const range = ({ start, end }: { readonly start: number; readonly end: number }) =>
    positions.range({ start: place.toFile(start), end: place.toFile(end) });
  return {
    name: it.name,
    kind: kinds[it.kind],
    range: range(it.span),
    selectionRange: range(it.selection),
    children: it.children.map((child) => toSymbol(child, place, positions)),
    ...(it.detail !== undefined && { detail: it.detail }),
  };
}
