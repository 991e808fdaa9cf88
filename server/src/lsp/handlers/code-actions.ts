import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic as LspDiagnostic,
} from 'vscode-languageserver';
import type { Diagnostic, FileFix } from '../../engine/diagnostic';
import type { Engine } from '../../engine/engine';
import { overlaps, type Span } from '../../engine/text/span';
import { fixAllKind, generateKind } from '../capabilities';
import { toDiagnostic } from '../convert';
import type { Shell } from '../shell';
import { egressRouteActions } from './egress-route';
import { scopeActions } from './scope-actions';
import { toWorkspaceEdit } from './workspace-edit';

export function registerCodeActions(shell: Shell): void {
  shell.connection.onCodeAction((params) => {
    const { uri } = params.textDocument;
    const document = shell.documents.get(uri);
    if (!document) {
      return [];
    }
    shell.flush();
    const { engine } = shell.projects.of(uri);
    const span = { start: document.offsetAt(params.range.start), end: document.offsetAt(params.range.end) };
    return [
      ...quickFixes(shell, engine, params, span),
      ...(wants(params, generateKind, true) ? egressRouteActions(shell, engine, params, span.start) : []),
      ...fixAll(shell, engine, params),
    ];
  });
}

function wants({ context: { only } }: CodeActionParams, kind: string, unasked: boolean): boolean {
  return only ? only.some((it) => kind === it || kind.startsWith(`${it}.`)) : unasked;
}

function quickFixes(shell: Shell, engine: Engine, params: CodeActionParams, span: Span): CodeAction[] {
  if (!wants(params, CodeActionKind.QuickFix, true)) {
    return [];
  }
  const { uri } = params.textDocument;
  const here = engine.diagnostics(uri).filter((it) => overlaps(it.span, span));
  const prover = here.some(({ finding }) => engine.mayFix(finding)) ? engine.prover(uri) : undefined;
  const found = here.map((it) => ({ ...it, sent: asSent(shell, uri, it) }));
  const mending = found.flatMap(({ finding, sent }) => {
    const fixes = prover?.fixes(finding) ?? [];
    return [...fixes.map((fix) => toAction(shell, fix, sent)), ...scopeActions(shell, engine, uri, sent)];
  });
  const silencing = found.flatMap(({ finding, sent }) =>
    engine.silences(finding).map((fix) => toAction(shell, fix, sent)),
  );
  return [...mending, ...silencing];
}

function asSent(shell: Shell, uri: string, diagnostic: Diagnostic): LspDiagnostic {
  return toDiagnostic(uri, diagnostic, shell.positionsOf, (code) => shell.publisher.page(code));
}

function toAction(shell: Shell, { title, preferred, edits }: FileFix, sent: LspDiagnostic): CodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [sent],
    ...(preferred && { isPreferred: true }),
    edit: toWorkspaceEdit(shell, edits),
  };
}

function fixAll(shell: Shell, engine: Engine, params: CodeActionParams): CodeAction[] {
  const { uri } = params.textDocument;
  if (!wants(params, fixAllKind, false)) {
    return [];
  }
  const edits = engine.safeFixes(uri);
  if (edits.length === 0) {
    return [];
  }
  const edit = toWorkspaceEdit(shell, new Map([[uri, edits]]));
  return [{ title: 'Fix all safe Istio egress findings', kind: fixAllKind, edit }];
}
