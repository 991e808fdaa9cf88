import { leadsElsewhere, routesOf } from '../intent/hops';
import { meshGateway } from '../mesh/hosts';
import { mergedVirtualService } from '../mesh/virtual-services';
import type { DocumentChange } from '../model/finding';
import type { Resource } from '../model/resource';
import type { VirtualServiceSpec } from '../model/specs';
import type { Slot, SourceDocument } from '../source/source';
import type { View } from '../workspace/view';
import type { Path } from '../yaml/node';
import { styleOf } from '../yaml/style';
import { stringAt } from '../yaml/walk';
import { emptyView } from './empty-view';
import { isComplete, planRoute, type RoutePlan } from './plan';
import { documentChanges, missingDocuments, type NewFile, newFiles } from './render';
import { type RouteWish, securePort, type WishedPort } from './wish';

const egressRouteKind = 'refactor.rewrite.egressRoute';

/** What is offered on a ServiceEntry. */
export interface RouteAction {
  readonly title: string;
  readonly kind: typeof egressRouteKind;
  readonly plan: RoutePlan;
  readonly changes: readonly DocumentChange[];
  /** Documents that cannot stand beside the ServiceEntry, for a file of their own. */
  readonly files: readonly NewFile[];
}

/** The document the cursor is in, and where in its structure. */
export interface RoutePlace {
  readonly slot: Slot;
  readonly document: SourceDocument;
  readonly path: Path;
}

/**
 * Routes for the host under the cursor, or for every host of the ServiceEntry around it; finished ones are left out.
 * Unless the wish says otherwise, for all its ports.
 */
export function routeActions(
  view: View,
  place: RoutePlace,
  wish: Pick<RouteWish, 'ports' | 'gateway'> = {},
): readonly RouteAction[] {
  const entry = view
    .all('ServiceEntry')
    .find((it) => it.slot === place.slot && isWithin(place.path, it.base));
  return hostsAt(entry, place.path).flatMap(
    (host) => actionFor(view, entry!, { ...wish, host }, place) ?? [],
  );
}

function isWithin(path: Path, base: Path): boolean {
  return base.every((step, index) => path[index] === step);
}

/** What is missing of the route of a host, written beside the document of a VirtualService that is for it. */
export function completeRoute(
  view: View,
  route: Resource<'VirtualService'>,
  host: string,
  { slot, document }: Pick<RoutePlace, 'slot' | 'document'>,
): RouteAction | undefined {
  const merged = mergedVirtualService(view, route);
  if (routesOf(merged).some((it) => it.block !== 'http' && leadsElsewhere(view, merged, it))) {
    // Where requests go on to another host, nobody but the author knows which do, and what they are called there.
    return undefined;
  }
  const declared = view.byHost('ServiceEntry', host).flatMap((it) => it.spec.ports ?? []);
  const written = routedPorts(route.spec);
  // Without a word of ports, a host that nobody declares is asked for on the usual one of the block.
  const routed = written.length > 0 || declared.length > 0 ? written : usualPortsOf(route.spec);
  const ports = routed.map((it) => {
    const protocol = declared.find(({ number }) => number === it.number)?.protocol;
    return { ...it, ...(protocol !== undefined && { protocol }) };
  });
  return actionFor(view, route, { host, ...(ports.length > 0 && { ports }) }, { slot, document });
}

function usualPortsOf({ http = [], tls = [] }: VirtualServiceSpec): readonly WishedPort[] {
  return [
    ...(http.length > 0 ? [{ number: 80, protocol: 'HTTP' }] : []),
    ...(tls.length > 0 ? [{ number: securePort, protocol: 'TLS' }] : []),
  ];
}

/** The ports that sidecars are told to route; others may well leave directly. */
function routedPorts(spec: VirtualServiceSpec): readonly WishedPort[] {
  const routes = [
    ...(spec.http ?? []).map((it) => ({ ...it, protocol: 'HTTP' })),
    ...(spec.tls ?? []).map((it) => ({ ...it, protocol: 'TLS' })),
  ];
  const ports = routes.flatMap(({ match, protocol }) =>
    (match ?? [])
      .filter(({ gateways = [] }) => gateways.length === 0 || gateways.includes(meshGateway))
      .flatMap(({ port }) => (port === undefined ? [] : [{ number: port, protocol }])),
  );
  return [...new Map(ports.map((it) => [it.number, it])).values()];
}

/** More than this many actions are no choice any more: then one stands on its host only. */
const maxHosts = 5;

function hostsAt(entry: Resource<'ServiceEntry'> | undefined, path: Path): readonly string[] {
  const hosts = entry?.spec.hosts ?? [];
  const [spec, list, index] = path.slice(entry?.base.length ?? 0);
  if (spec === 'spec' && list === 'hosts' && typeof index === 'number') {
    return hosts.slice(index, index + 1);
  }
  return hosts.length <= maxHosts ? hosts : [];
}

function actionFor(
  view: View,
  { namespace, base }: Pick<Resource, 'namespace' | 'base'>,
  wish: Pick<RouteWish, 'host' | 'ports' | 'gateway'>,
  { slot, document }: Pick<RoutePlace, 'slot' | 'document'>,
): RouteAction | undefined {
  const { root, text } = document.yaml;
  const plan = planRoute(view, {
    ...wish,
    namespace,
    writeNamespace: stringAt(root, ...base, 'metadata', 'namespace') !== undefined,
  });
  if (plan.refused !== undefined || isComplete(plan)) {
    return undefined;
  }
  const { commandNamespace } = document;
  const isJson = text.trimStart().startsWith('{');
  // kubectl refuses an object of another namespace than the one its command names.
  const fits = ({ namespace }: { readonly namespace: string }): boolean =>
    !isJson && (commandNamespace === undefined || commandNamespace === namespace);
  const style = styleOf(text);
  const outside = missingDocuments(plan).filter((it) => !fits(it));
  return {
    title: `Generate egress route for "${wish.host}"`,
    kind: egressRouteKind,
    plan,
    changes: documentChanges(plan, slot, style, fits),
    files: newFiles({ ...plan, documents: outside }, 'one', style),
  };
}

/** A whole route from nothing but a host and what is wished for it. */
export function scaffoldRoute(
  wish: Omit<RouteWish, 'namespace'> & { readonly namespace?: string },
  layout: 'one' | 'several' = 'one',
): { readonly plan: RoutePlan; readonly files: readonly NewFile[] } {
  const plan = planRoute(emptyView, {
    ...wish,
    namespace: wish.namespace ?? 'default',
    writeNamespace: wish.writeNamespace ?? wish.namespace !== undefined,
  });
  return { plan, files: newFiles(plan, layout) };
}
