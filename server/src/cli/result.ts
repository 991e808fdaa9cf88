import type { Diagnostic } from '../engine/diagnostic';
import type { Engine } from '../engine/engine';
import { LineIndex, type Range } from '../engine/text/line-index';

// The shapes of `design`'s command-line contract: a public promise, fields may be added but never change.

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

/** Everything the engine says about the given files, in the order of their names. `nameOf` gives a file's name. */
export function resultOf(engine: Engine, uris: readonly string[], nameOf: (uri: string) => string): Result {
  const lines = new Map<string, LineIndex>();
  const rangeIn = (uri: string, span: { readonly start: number; readonly end: number }): Range => {
    let index = lines.get(uri);
    if (!index) {
      index = new LineIndex(engine.file(uri)?.text ?? '');
      lines.set(uri, index);
    }
    return index.range(span);
  };
  const context = { engine, nameOf, rangeIn };
  return {
    documents: uris.flatMap((uri) => documentsOf(context, uri)),
    diagnostics: uris.flatMap((uri) => engine.diagnostics(uri).map((it) => toResult(context, uri, it))),
  };
}

interface Context {
  readonly engine: Engine;
  readonly nameOf: (uri: string) => string;
  readonly rangeIn: (uri: string, span: { readonly start: number; readonly end: number }) => Range;
}

function documentsOf({ engine, nameOf }: Context, uri: string): ResultDocument[] {
  const entries = engine.file(uri)?.entries ?? [];
  return entries.flatMap(({ document }, index) =>
    engine.workspace.inspector.inspect(document).objects.map(
      ({ base, kind, namespace, name, rejectedBy }): ResultDocument => ({
        file: nameOf(uri),
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

function toResult(context: Context, uri: string, diagnostic: Diagnostic): ResultDiagnostic {
  const { nameOf, rangeIn, engine } = context;
  return {
    file: nameOf(uri),
    range: rangeIn(uri, diagnostic.span),
    severity: diagnostic.severity,
    code: diagnostic.code,
    ...(diagnostic.istio && { istio: diagnostic.istio }),
    layer: diagnostic.layer,
    ...(diagnostic.subject && { resource: diagnostic.subject }),
    message: diagnostic.message,
    related: diagnostic.related.map((it) => ({
      file: nameOf(it.uri),
      range: rangeIn(it.uri, it.span),
      ...(it.subject && { resource: it.subject }),
      message: it.message,
    })),
    fixes: engine.fixes(diagnostic.finding).map(({ title, preferred, edits }) => ({
      title,
      preferred,
      edits: Object.fromEntries(
        [...edits].map(([file, list]) => [
          nameOf(file),
          list.map((it) => ({ range: rangeIn(file, it.span), newText: it.insert })),
        ]),
      ),
    })),
  };
}
