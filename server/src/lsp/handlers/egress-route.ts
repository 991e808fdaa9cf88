import type { CodeAction, CodeActionParams } from 'vscode-languageserver';
import type { Engine } from '../../engine/engine';
import { type RouteAction, routeActions } from '../../engine/generate/route-for';
import { entryAt } from '../../engine/source/entry-at';
import type { Shell } from '../shell';
import { pathAt } from './path-at';
import { toAnnotatedEdit } from './workspace-edit';

/** "Generate egress route" on a ServiceEntry and on each of its hosts. */
export function egressRouteActions(
  shell: Shell,
  engine: Engine,
  params: CodeActionParams,
  offset: number,
): CodeAction[] {
  const { uri } = params.textDocument;
  const file = engine.file(uri);
  const found = file && entryAt(file, offset);
  const [live] = engine.scopesOf(uri);
  if (!found || !live) {
    return [];
  }
  const { slot, document } = found.entry;
  const path = pathAt(document.yaml.root, found.offset);
  return routeActions(live.scope, { slot, document, path }).map((it) => toAction(shell, engine, uri, it));
}

function toAction(
  shell: Shell,
  engine: Engine,
  uri: string,
  { title, kind, changes, files, plan }: RouteAction,
): CodeAction {
  const edits = engine.edits(changes) ?? new Map();
  const folder = uri.slice(0, uri.lastIndexOf('/') + 1);
  const written = files.map(({ name, text }) => ({ uri: folder + encodeURIComponent(name), text }));
  const description = plan.notes.join('. ') || 'Only what is missing is written';
  const annotation = {
    label: title,
    description,
    needsConfirmation: plan.documents.some((it) => it.state === 'incomplete'),
  };
  return { title, kind, edit: toAnnotatedEdit(shell, edits, written, annotation) };
}
