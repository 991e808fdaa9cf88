import {
  type DocumentSymbol as LspDocumentSymbol,
  type SymbolInformation,
  SymbolKind,
} from 'vscode-languageserver';
import { type DocumentSymbol, documentSymbols, workspaceSymbols } from '../../engine/assist/symbols';
import type { Place } from '../../engine/source/source';
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
    const seen = new Set<string>();
    const found: SymbolInformation[] = [];
    for (const { engine } of projects.all()) {
      for (const { scope, plan } of engine.workspace.scopes()) {
        for (const { name, slot, path } of workspaceSymbols(scope, query)) {
          const place = engine.place(slot, { path });
          const key = place && `${place.uri} ${place.span.start}`;
          if (!place || seen.has(key!) || found.length >= mostSymbols) {
            continue;
          }
          seen.add(key!);
          const range = shell.positionsOf(place.uri).range(place.span);
          found.push({
            name,
            kind: SymbolKind.Object,
            containerName: plan.name,
            location: { uri: place.uri, range },
          });
        }
      }
    }
    return found;
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
