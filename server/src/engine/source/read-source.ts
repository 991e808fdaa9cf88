import { type Chunk, splitDocuments } from '../yaml/chunks';
import { heredocRegions } from './heredoc';
import { linesOf } from './lines';
import { markdownRegions } from './markdown';
import { type Piece, type ReadPiece, readPieces } from './pieces';
import { readPlain } from './plain-pieces';
import type { ReadContext } from './read-document';
import type { Region } from './region';
import type { SourceFile, SourceForm, SourceOptions } from './source';
import { sourceForm } from './source-form';
import { PlainPlace, RegionPlace } from './source-map';

/** What the next version of a file needs of this one. */
interface RememberedFile extends SourceFile {
  readonly pieces: readonly ReadPiece[];
  /** Files read under another context share nothing but their slots. */
  readonly contextKey: string;
}

/**
 * Reads a version of a file. Documents that `previous` holds with the same text are the same objects again, so
 * what was found out about them stays valid.
 */
export function readSource(
  uri: string,
  languageId: string | undefined,
  text: string,
  options: SourceOptions,
  previous?: SourceFile,
): SourceFile {
  const form = sourceForm(uri, languageId) ?? 'yaml';
  const skipped = skipReason(text, options);
  const header = { uri, text, form, eol: eolOf(text) };
  if (skipped) {
    return { ...header, entries: [], skipped };
  }
  const before = previous && 'pieces' in previous ? (previous as RememberedFile) : undefined;
  const { pieces, contextKey } = readForm(form, languageId, text, options, before);
  const entries = pieces.map((piece) => piece.entry).filter((entry) => entry !== undefined);
  const file: RememberedFile = { ...header, entries, pieces, contextKey };
  return file;
}

function skipReason(text: string, options: SourceOptions): SourceFile['skipped'] {
  if (text.length > options.maxLength) {
    return 'too-large';
  }
  return isBinary(text.slice(0, 8192)) ? 'binary' : undefined;
}

/** A single NUL is a slip that the reader points at; bytes that are no text start with one, or have many. */
function isBinary(start: string): boolean {
  const nuls = start.includes('\0') ? start.split(/[\0\uFFFD]/).length - 1 : 0;
  return nuls > start.length / 16 || start.startsWith('\0');
}

function eolOf(text: string): '\n' | '\r\n' {
  const first = text.indexOf('\n');
  return first > 0 && text.charAt(first - 1) === '\r' ? '\r\n' : '\n';
}

function readForm(
  form: SourceForm,
  languageId: string | undefined,
  text: string,
  options: SourceOptions,
  before: RememberedFile | undefined,
): Pick<RememberedFile, 'pieces' | 'contextKey'> {
  if (form === 'markdown' || form === 'shell') {
    const regions =
      form === 'markdown' ? markdownRegions(text) : heredocRegions(text, linesOf(text), 'script');
    const pieces = regions.flatMap((region) => regionPieces(region, options));
    return { pieces: readPieces(before?.pieces ?? [], pieces), contextKey: form };
  }
  const isHelm = languageId === 'helm' || options.chartTemplate === true;
  const context: ReadContext = {
    templates: options.templates,
    chart: options.templates && isHelm && text.includes('{{'),
    variables: form === 'json' ? 'none' : 'envsubst',
    prose: false,
    incomplete: false,
  };
  const contextKey = `${form}${keyOf(context)}|`;
  const toPiece = plainPiece(context, contextKey);
  if (form === 'json') {
    return { pieces: readPieces(before?.pieces ?? [], [toPiece({ start: 0, text })]), contextKey };
  }
  const reusable = before?.contextKey === contextKey;
  if (before && !reusable) {
    return { pieces: readPieces(before.pieces, splitDocuments(text).map(toPiece)), contextKey };
  }
  return { pieces: readPlain(text, toPiece, before), contextKey };
}

function plainPiece(context: ReadContext, contextKey: string): (chunk: Chunk) => Piece {
  return ({ start, text }) => {
    const own = ownCopy(text);
    return {
      text: own,
      key: contextKey + own,
      context,
      escaped: [],
      place: new PlainPlace(start, own.length),
    };
  };
}

function regionPieces(region: Region, options: SourceOptions): Piece[] {
  const { map, variables, prose, isPatch, commandNamespace } = region;
  const context: ReadContext = {
    templates: options.templates,
    chart: false,
    variables,
    prose,
    incomplete: isPatch || (prose && hasEllipsis(map.text)),
    ...(commandNamespace !== undefined && { commandNamespace }),
  };
  const contextKey = keyOf(context);
  return splitDocuments(map.text, { ellipses: prose }).map(({ start, text }) => {
    const escaped = region.escaped
      .filter((at) => at >= start && at < start + text.length)
      .map((at) => at - start);
    return {
      text: ownCopy(text),
      key: `${contextKey}${escaped.join()}|${text}`,
      context,
      escaped,
      place: new RegionPlace(map, start, text.length),
    };
  });
}

function keyOf(context: ReadContext): string {
  return JSON.stringify(context);
}

/** `...` or `…` for what prose leaves out, but not the end of a document. */
function hasEllipsis(text: string): boolean {
  if (/(?:[\s[{#]|^)…(?=[\s\]}]|$)|[ \t[{#]\.\.\.(?=[\s\]}]|$)/.test(text)) {
    return true;
  }
  return [...text.matchAll(/^\.\.\.[ \t]*$/gm)].some(({ index }) => {
    const [behind] = /\S{0,3}/.exec(text.slice(index + 3).trimStart())!;
    return behind !== '' && behind !== '---' && behind !== '...';
  });
}

/**
 * A slice of a text keeps the whole text alive: an edited document would hold on to the version of the file it
 * was edited in, megabytes for every one.
 */
function ownCopy(slice: string): string {
  return ` ${slice}`.slice(1);
}
