import type { Diagnostic, FileFix } from '../engine/diagnostic';
import type { Engine } from '../engine/engine';
import type { Origin } from '../engine/mesh/origin';
import type { Slot } from '../engine/source/source';
import { LineIndex, type Range } from '../engine/text/line-index';
import type { Span } from '../engine/text/span';
import type { Path } from '../engine/yaml/node';

// The shapes of what the command line writes: a public promise, fields may be added but never change.

export interface ResultDocument {
  readonly file: string;
  readonly index: number;
  readonly item?: number;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly accepted: boolean;
  readonly rejectedBy?: string;
}

export interface ResultSubject {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

export interface ResultDiagnostic {
  readonly file: string;
  readonly range: Range;
  readonly severity: string;
  readonly code: string;
  readonly istio?: string;
  readonly layer: string;
  readonly resource?: ResultSubject;
  readonly message: string;
  readonly related: readonly {
    readonly file: string;
    readonly range: Range;
    readonly resource?: ResultSubject;
    readonly message: string;
  }[];
  readonly fixes: readonly ResultFix[];
}

export interface ResultFix {
  readonly title: string;
  readonly preferred: boolean;
  readonly edits: { readonly [file: string]: readonly { readonly range: Range; readonly newText: string }[] };
}

export interface Result {
  readonly documents: readonly ResultDocument[];
  readonly diagnostics: readonly ResultDiagnostic[];
}

/** Everything the engine says about the given files, in the order of their names. */
export function resultOf(engine: Engine, uris: readonly string[], places: Places): Result {
  return {
    documents: uris.flatMap((uri) => documentsOf(engine, uri)),
    diagnostics: uris.flatMap((uri) => {
      const found = engine.diagnostics(uri);
      const prover = found.some((it) => engine.mayFix(it.finding)) ? engine.prover(uri) : undefined;
      return found.map((it) => toResult(places, uri, it, prover?.fixes(it.finding) ?? []));
    }),
  };
}

/** A place for output: a file's name, and lines and columns in it. */
export interface ResultPlace {
  readonly file: string;
  readonly range: Range;
}

export type Locate = (slot: Slot, path: Path) => ResultPlace | undefined;

/** Where something was written; nothing when the documents do not say it, or are gone. */
export function placeOf(origin: Origin | undefined, locate: Locate): ResultPlace | undefined {
  return origin && locate(origin.resource.slot, [...origin.resource.base, ...origin.path]);
}

/** Lines and columns of an engine's files. Each file's lines are counted once. */
export class Places {
  readonly #engine: Engine;
  readonly #lines = new Map<string, LineIndex>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  range(uri: string, span: Span): Range {
    let index = this.#lines.get(uri);
    if (!index) {
      index = new LineIndex(this.#engine.file(uri)?.text ?? '');
      this.#lines.set(uri, index);
    }
    return index.range(span);
  }

  /** Nothing when the document is gone. */
  readonly locate: Locate = (slot, path) => {
    const place = this.#engine.place(slot, { path });
    return place && { file: place.uri, range: this.range(place.uri, place.span) };
  };
}

function documentsOf(engine: Engine, uri: string): ResultDocument[] {
  const entries = engine.file(uri)?.entries ?? [];
  const [live] = engine.scopesOf(uri);
  return entries.flatMap(({ document }, index) =>
    engine.workspace.inspector.inspect(document, false, live?.scope.crds).objects.map(
      ({ base, kind, namespace, name, rejectedBy }): ResultDocument => ({
        file: uri,
        index,
        ...(typeof base[1] === 'number' && { item: base[1] }),
        kind,
        namespace: namespace ?? document.commandNamespace ?? engine.workspace.settings.defaultNamespace,
        name,
        accepted: rejectedBy === undefined,
        ...(rejectedBy && { rejectedBy }),
      }),
    ),
  );
}

function toResult(
  places: Places,
  uri: string,
  diagnostic: Diagnostic,
  fixes: readonly FileFix[],
): ResultDiagnostic {
  return {
    file: uri,
    range: places.range(uri, diagnostic.span),
    severity: diagnostic.severity,
    code: diagnostic.code,
    ...(diagnostic.istio && { istio: diagnostic.istio }),
    layer: diagnostic.layer,
    ...(diagnostic.subject && { resource: diagnostic.subject }),
    message: diagnostic.message,
    related: diagnostic.related.map((it) => ({
      file: it.uri,
      range: places.range(it.uri, it.span),
      ...(it.subject && { resource: it.subject }),
      message: it.message,
    })),
    fixes: fixes.map(({ title, preferred, edits }) => ({
      title,
      preferred,
      edits: Object.fromEntries(
        [...edits].map(([file, list]) => [
          file,
          list.map((it) => ({ range: places.range(file, it.span), newText: it.insert })),
        ]),
      ),
    })),
  };
}
