import type { CodeAction, CodeActionParams } from 'vscode-languageserver';
import type { Engine } from '../../engine/engine';
import { type RouteAction, routeActions } from '../../engine/generate/route-for';
import { entryAt } from '../../engine/source/entry-at';
import { isOnDisk } from '../disk';
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
  const written = files.map(({ name, text }) => ({ uri: freeUri(engine, uri, name), text }));
  const description = plan.notes.join('. ') || 'Only what is missing is written';
  return { title, kind, edit: toAnnotatedEdit(shell, uri, edits, written, { label: title, description }) };
}

/** A name beside the file that nothing has yet, on disk or in the editor. */
function freeUri(engine: Engine, uri: string, name: string): string {
  const folder = uri.slice(0, uri.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  for (let count = 1; ; count++) {
    const numbered = count === 1 ? name : `${name.slice(0, dot)}-${count}${name.slice(dot)}`;
    const free = folder + encodeURIComponent(numbered);
    if (!engine.file(free) && !isOnDisk(free)) {
      return free;
    }
  }
}
