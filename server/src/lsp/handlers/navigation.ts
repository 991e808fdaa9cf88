import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type Location,
  type LocationLink,
  type TextDocumentPositionParams,
} from 'vscode-languageserver';
import { definition, highlights, type Place, references } from '../../engine/assist/navigation';
import type { Engine } from '../../engine/engine';
import type { Shell } from '../shell';
import { atSpot } from './at-spot';

export function registerNavigation(shell: Shell): void {
  const { connection } = shell;

  connection.onDefinition((params) => define(shell, params));

  connection.onReferences((params) => {
    const at = atSpot(shell, params);
    const found = at ? references(at.spot) : [];
    return found
      .filter((it) => params.context.includeDeclaration || !it.declaration)
      .flatMap((it) => locate(shell, at!.engine, it) ?? []);
  });

  connection.onDocumentHighlight((params): DocumentHighlight[] => {
    const at = atSpot(shell, params);
    const slots = at?.engine.file(at.uri)?.entries.map((it) => it.slot) ?? [];
    return (at ? highlights(at.spot, slots) : []).flatMap((it): DocumentHighlight[] => {
      const place = locate(shell, at!.engine, it);
      const kind = it.declaration ? DocumentHighlightKind.Write : DocumentHighlightKind.Read;
      return place ? [{ range: place.range, kind }] : [];
    });
  });
}

function define(shell: Shell, params: TextDocumentPositionParams): Location[] | LocationLink[] | null {
  const at = atSpot(shell, params);
  const found = at && definition(at.spot);
  if (!at || !found) {
    return null;
  }
  const targets = found.targets.flatMap((it) => locate(shell, at.engine, it) ?? []);
  if (!shell.client.textDocument?.definition?.linkSupport) {
    return targets;
  }
  const originSelectionRange = at.range(found.source);
  return targets.map(
    ({ uri, range }): LocationLink => ({
      originSelectionRange,
      targetUri: uri,
      targetRange: range,
      targetSelectionRange: range,
    }),
  );
}

function locate(shell: Shell, engine: Engine, { slot, path }: Place): Location | undefined {
  const place = engine.place(slot, { path });
  return place && { uri: place.uri, range: shell.positionsOf(place.uri).range(place.span) };
}
