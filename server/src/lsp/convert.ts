import {
  type CodeDescription,
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic as LspDiagnostic,
  type TextEdit as LspTextEdit,
  type Range,
} from 'vscode-languageserver';
import type { Diagnostic } from '../engine/diagnostic';
import { deprecations } from '../engine/rules/deprecations';
import type { TextEdit } from '../engine/text/edit';
import type { Span } from '../engine/text/span';

// The one place where offsets become lines and columns, and ours becomes theirs.

/** A text with its line starts: an open document, or a `LineIndex` of a file on disk. */
export interface Positions {
  range(span: Span): Range;
}

export type PositionsOf = (uri: string) => Positions;

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

export function toDiagnostic(
  uri: string,
  diagnostic: Diagnostic,
  positionsOf: PositionsOf,
  page: (code: string) => string | undefined,
): LspDiagnostic {
  const href = page(diagnostic.code);
  // What is missing has no place of its own, and to lead to the finding itself would lead nowhere.
  const related = diagnostic.related.filter(
    (it) => it.uri !== uri || it.span.start !== diagnostic.span.start || it.span.end !== diagnostic.span.end,
  );
  const tags = tagsOf(diagnostic);
  return {
    range: positionsOf(uri).range(diagnostic.span),
    severity: severities[diagnostic.severity],
    code: diagnostic.code,
    ...(href && { codeDescription: { href } satisfies CodeDescription }),
    source: 'istio-egress',
    message: diagnostic.message,
    ...(tags.length > 0 && { tags }),
    ...(related.length > 0 && {
      relatedInformation: related.map((it) => ({
        location: { uri: it.uri, range: positionsOf(it.uri).range(it.span) },
        message: it.message,
      })),
    }),
  };
}

function tagsOf({ severity, code }: Diagnostic): DiagnosticTag[] {
  return [
    ...(severity === 'hint' ? [DiagnosticTag.Unnecessary] : []),
    ...(deprecations.has(code) ? [DiagnosticTag.Deprecated] : []),
  ];
}

export function toTextEdits(edits: readonly TextEdit[], positions: Positions): LspTextEdit[] {
  return edits.map(({ span, insert }) => ({ range: positions.range(span), newText: insert }));
}
