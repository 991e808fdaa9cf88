import { routeActions } from './generate/route-for';
import type { Finding, Fix } from './model/finding';
import { portBypassesGateway } from './rules/service-entry/port-bypasses-gateway';
import { requestsBypassGateway } from './rules/service-entry/requests-bypass-gateway';
import type { Workspace } from './workspace/workspace';

/** Findings that tell of a way to the gateway that is missing; the generator writes what is missing. */
const mended: ReadonlySet<string> = new Set([portBypassesGateway.name, requestsBypassGateway.name]);

export function isMendedByRoute({ code }: Pick<Finding, 'code'>): boolean {
  return mended.has(code);
}

/**
 * Completes the route of the hosts that a finding on a ServiceEntry is about. Nothing where documents would need a file
 * of their own: the editor offers those as "Generate egress route". Preferred where the finding already names every
 * document that is changed, because something in them says that the way was meant.
 */
export function routeFixes(workspace: Workspace, finding: Finding): readonly Fix[] {
  const { slot, at } = finding;
  const located = isMendedByRoute(finding) ? workspace.locate(slot) : undefined;
  const [live] = located ? workspace.scopesOf(located.file.uri) : [];
  if (!located || !live || !('path' in at)) {
    return [];
  }
  const actions = routeActions(live.scope, { slot, document: located.entry.document, path: at.path });
  const named = new Set([slot, ...finding.related.map((it) => it.slot)]);
  return actions
    .filter(({ files, changes }) => files.length === 0 && changes.length > 0)
    .map(({ plan, changes }) => ({
      title: `Send all ports of "${plan.host}" through the gateway`,
      preferred: finding.severity !== 'info' && changes.every((it) => named.has(it.slot)),
      changes,
    }));
}
