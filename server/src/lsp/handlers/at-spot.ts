import type { Position, TextDocumentPositionParams } from 'vscode-languageserver';
import type { Spot } from '../../engine/assist/spot';
import { spotAt } from '../../engine/assist/spot-at';
import type { Engine } from '../../engine/engine';
import type { Place } from '../../engine/source/source';
import type { Span } from '../../engine/text/span';
import type { Shell } from '../shell';

/** Where a request came from, found once for every handler. */
export interface AtSpot {
  readonly engine: Engine;
  readonly uri: string;
  readonly spot: Spot;
  readonly place: Place;
  /** A span of the document as a range of the file. */
  range(span: Span): { readonly start: Position; readonly end: Position };
}

/** Nothing for files that are not open, and outside of every document. */
export function atSpot(
  shell: Shell,
  { textDocument: { uri }, position }: TextDocumentPositionParams,
): AtSpot | undefined {
  const document = shell.documents.get(uri);
  if (!document) {
    return undefined;
  }
  shell.flush();
  const { engine } = shell.projects.of(uri);
  const located = spotAt(engine.workspace, uri, document.offsetAt(position));
  if (!located) {
    return undefined;
  }
  const { spot, place } = located;
  const range = ({ start, end }: Span) =>
    shell.positionsOf(uri).range({ start: place.toFile(start), end: place.toFile(end) });
  return { engine, uri, spot, place, range };
}
