import { namespacesIn } from '../../engine/assist/candidate-names';
import type { Engine } from '../../engine/engine';
import { egressGateways } from '../../engine/generate/egress-gateway';
import { emptyView } from '../../engine/generate/empty-view';
import { isComplete, planRoute } from '../../engine/generate/plan';
import { editsOfPlan, newFiles } from '../../engine/generate/render';
import type { RouteWish } from '../../engine/generate/wish';
import { commonFolder, folderOf } from '../../engine/workspace/paths';
import type { View } from '../../engine/workspace/view';
import {
  type GenerateParams,
  type GenerateResult,
  generateRequest,
  type HostTrouble,
  type HostTroubleParams,
  hostTroubleRequest,
  type RouteChoices,
  type RouteChoicesParams,
  routeChoicesRequest,
} from '../../protocol';
import { toTextEdits } from '../convert';
import type { Shell } from '../shell';

/** The palette's way to a route: from nothing but a host name, or joining the scope of a file. */
export function registerNewRoute(shell: Shell): void {
  const { connection, projects } = shell;
  const sceneOf = (uri: string | undefined): Scene => {
    shell.flush();
    if (uri === undefined) {
      return { view: emptyView };
    }
    const project = projects.of(uri);
    const { engine } = project;
    const [live] = engine.scopesOf(uri);
    const scope = live?.scope ?? scopeAround(engine, project.pathOf(uri));
    return { file: { engine, uri }, view: scope ?? emptyView };
  };
  connection.onRequest(generateRequest, (params: GenerateParams) =>
    generated(shell, sceneOf(params.uri), params),
  );
  connection.onRequest(routeChoicesRequest, ({ uri }: RouteChoicesParams) => choices(sceneOf(uri)));
  connection.onRequest(hostTroubleRequest, ({ host, uri }: HostTroubleParams): HostTrouble => {
    const { refused } = planRoute(sceneOf(uri).view, { host, namespace: 'default' });
    return { ...(refused !== undefined && { trouble: refused }) };
  });
}

/** The scope that a file would join if it were written: the one of its nearest neighbours. */
function scopeAround({ workspace }: Engine, path: string): View | undefined {
  const folder = folderOf(path);
  const nearness = (files: readonly string[]): number =>
    files.reduce((most, it) => Math.max(most, commonFolder(folderOf(it), folder).length), -1);
  const joined = [...workspace.scopes()].filter(
    ({ plan }) => plan.kind !== 'file' && plan.kind !== 'kustomize',
  );
  return joined
    .map(({ plan, scope }) => ({ scope, near: nearness(plan.files) }))
    .reduce((best, it) => (it.near > best.near ? it : best), {
      scope: undefined as View | undefined,
      near: -1,
    }).scope;
}

/** What is around the route: the scope of a file, or nothing. */
interface Scene {
  readonly file?: { readonly engine: Engine; readonly uri: string };
  readonly view: View;
}

function generated(shell: Shell, { file, view }: Scene, params: GenerateParams): GenerateResult {
  const plan = planRoute(view, wishOf(params));
  const edits = file?.engine.edits(editsOfPlan(plan)) ?? new Map();
  const isDone = plan.refused === undefined && plan.documents.length > 0 && isComplete(plan);
  return {
    files: newFiles(plan, params.layout ?? 'one'),
    edits: [...edits].map(([uri, list]) => ({ uri, edits: toTextEdits(list, shell.positionsOf(uri)) })),
    notes: isDone ? [`The route for "${plan.host}" is complete already`] : plan.notes,
    ...(plan.refused !== undefined && { refused: plan.refused }),
  };
}

function wishOf({ host, pattern, ports, namespace, gateway }: GenerateParams): RouteWish {
  const [home, name] = gateway?.split('/') ?? [];
  return {
    host,
    ...(pattern && { pattern }),
    ...(ports && { ports: ports.map((number) => ({ number })) }),
    namespace: namespace ?? 'default',
    writeNamespace: namespace !== undefined,
    ...(home && name && { gateway: { namespace: home, name } }),
  };
}

function choices({ file, view }: Scene): RouteChoices {
  const own = file ? namespacesOfFile(file) : [];
  return {
    gateways: egressGateways(view, own[0] ?? 'default').map(({ service, ports }) => ({
      service: `${service.namespace}/${service.name}`,
      detail: `ports ${ports.map((it) => it.number).join(', ')}`,
    })),
    namespaces: [...new Set([...own, 'default', ...namespacesIn(view)])],
  };
}

/** Those of the file's own objects come first: a route is mostly for them. */
function namespacesOfFile({ engine, uri }: NonNullable<Scene['file']>): readonly string[] {
  const entries = engine.file(uri)?.entries ?? [];
  return entries.flatMap(({ document }) =>
    engine.workspace.inspector
      .inspect(document)
      .objects.flatMap((it) => it.namespace ?? document.commandNamespace ?? []),
  );
}
