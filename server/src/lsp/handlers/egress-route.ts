import type { CodeAction, CodeActionParams } from 'vscode-languageserver';
import type { Engine } from '../../engine/engine';
import { egressGateways } from '../../engine/generate/egress-gateway';
import { planRoute } from '../../engine/generate/plan';
import { newFiles } from '../../engine/generate/render';
import { type RouteAction, routeActions, scaffoldRoute } from '../../engine/generate/route-for';
import type { RouteWish } from '../../engine/generate/wish';
import { entryAt } from '../../engine/source/entry-at';
import {
  type GatewayChoice,
  type GenerateParams,
  type GenerateResult,
  gatewaysRequest,
  generateRequest,
} from '../../protocol';
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

/** The palette's way: from nothing but a host name, or joining the scope of a file. */
export function registerGenerate(shell: Shell): void {
  const { connection, projects } = shell;

  connection.onRequest(generateRequest, (params: GenerateParams): GenerateResult => {
    shell.flush();
    const wish = wishOf(params);
    const layout = params.layout ?? 'one';
    const live =
      params.uri === undefined ? undefined : projects.of(params.uri).engine.scopesOf(params.uri)[0];
    if (!live) {
      const { plan, files } = scaffoldRoute(wish, layout);
      return { files, notes: plan.notes };
    }
    const plan = planRoute(live.scope, {
      ...wish,
      namespace: wish.namespace ?? 'default',
      writeNamespace: wish.namespace !== undefined,
    });
    const complete = plan.documents.length > 0 && plan.documents.every((it) => it.state === 'complete');
    const notes = complete ? [`The route for "${plan.host}" is complete already`] : plan.notes;
    return { files: newFiles(plan, layout), notes };
  });

  connection.onRequest(gatewaysRequest, ({ uri }: { readonly uri?: string }): GatewayChoice[] => {
    shell.flush();
    const live = uri === undefined ? undefined : projects.of(uri).engine.scopesOf(uri)[0];
    const known = live ? egressGateways(live.scope, 'default') : [];
    return known.map(({ service, ports }) => ({
      service: `${service.namespace}/${service.name}`,
      detail: `ports ${ports.map((it) => it.number).join(', ')}`,
    }));
  });
}

function wishOf({
  host,
  pattern,
  ports,
  namespace,
  gateway,
}: GenerateParams): Omit<RouteWish, 'namespace'> & { readonly namespace?: string } {
  const [home, name] = gateway?.split('/') ?? [];
  return {
    host,
    ...(pattern && { pattern }),
    ...(ports && { ports: ports.map((number) => ({ number })) }),
    ...(namespace !== undefined && { namespace }),
    ...(home && name && { gateway: { namespace: home, name } }),
  };
}
