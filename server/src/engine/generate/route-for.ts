import type { DocumentChange } from '../model/finding';
import type { Resource } from '../model/resource';
import type { Slot, SourceDocument } from '../source/source';
import type { View } from '../workspace/view';
import type { Path } from '../yaml/node';
import { styleOf } from '../yaml/style';
import { stringAt } from '../yaml/walk';
import { emptyView } from './empty-view';
import { isComplete, planRoute, type RoutePlan } from './plan';
import { documentChanges, missingDocuments, type NewFile, newFiles } from './render';
import type { RouteWish } from './wish';

export const egressRouteKind = 'refactor.rewrite.egressRoute';

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

/** Routes for the host under the cursor, or for every host of the ServiceEntry around it; finished ones are left out. */
export function routeActions(view: View, place: RoutePlace): readonly RouteAction[] {
  const entry = view
    .all('ServiceEntry')
    .find((it) => it.slot === place.slot && isWithin(place.path, it.base));
  return hostsAt(entry, place.path).flatMap((host) => actionFor(view, entry!, host, place) ?? []);
}

function isWithin(path: Path, base: Path): boolean {
  return base.every((step, index) => path[index] === step);
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
  entry: Resource<'ServiceEntry'>,
  host: string,
  { slot, document }: RoutePlace,
): RouteAction | undefined {
  const { root, text } = document.yaml;
  const plan = planRoute(view, {
    host,
    namespace: entry.namespace,
    writeNamespace: stringAt(root, ...entry.base, 'metadata', 'namespace') !== undefined,
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
    title: `Generate egress route for "${host}"`,
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
