import { commands, type ExtensionContext, ViewColumn } from 'vscode';
import type { TraceParams } from '../../../server/src/protocol/trace';
import { AuditPanels } from '../audit/audit-panels';
import type { EgressClient } from '../egress-client';
import { GraphPanels } from '../graph/graph-panels';
import { RememberedCalls } from '../trace/remembered';
import { TracePanels } from '../trace/trace-panels';
import { fixAll } from './fix-all';
import { newEgressRoute } from './new-egress-route';
import { restartServer } from './restart-server';
import { showLog } from './show-log';
import { traceRequest } from './trace-request';
import { writeScopes, writeScopesCommand } from './write-scopes';

/** Every command of the palette. The names are those of package.json. */
export function registerCommands(context: ExtensionContext, client: EgressClient): void {
  const graph = new GraphPanels(context, client);
  const remembered = new RememberedCalls(context.workspaceState);
  const traces = new TracePanels(context, client, {
    showInGraph: (params, way) => graph.showWay(params, way),
    followed: (call, url) => void remembered.add(call, url),
  });
  const audits = new AuditPanels(context, client);
  const handlers: { readonly [name: string]: (...args: never[]) => unknown } = {
    newEgressRoute: () => newEgressRoute(client),
    openGraph: () => graph.open(ViewColumn.Active),
    openGraphToSide: () => graph.open(ViewColumn.Beside),
    traceRequest: (given?: TraceParams) => traceRequest(client, traces, remembered, given),
    audit: () => audits.open(),
    fixAll,
    restartServer: () => restartServer(client),
    showLog: () => showLog(client),
  };
  const registered = Object.entries(handlers).map(([name, run]) =>
    commands.registerCommand(`istioEgress.${name}`, run),
  );
  // The server offers this one as a fix, so it is in no menu.
  registered.push(commands.registerCommand(writeScopesCommand, writeScopes));
  context.subscriptions.push(graph, traces, audits, ...registered);
}
