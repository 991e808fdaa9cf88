import { compareText } from '../../mesh/hosts';
import { sameResource } from '../../mesh/origin';
import { fields, items, text, whole } from '../../model/guards';
import type { Resource } from '../../model/resource';
import { groupBy } from '../../text/collections';
import type { View } from '../../workspace/view';
import type { Path } from '../../yaml/node';
import { isA, othersIn } from './objects';

/** One of the changes an EnvoyFilter makes, as istioctl reads it. */
export interface EnvoyPatch {
  readonly applyTo: string;
  readonly operation: string;
  readonly path: Path;
  /** What istioctl tells filters apart by: the name in the value, or that of the filter it is put beside. */
  readonly target: string;
  /** Whether it is for proxies of one version only. */
  readonly isForVersion: boolean;
}

/** The patches up to the first that has none: there istioctl stops reading. */
export function envoyPatches({ spec }: Resource<'Other'>): readonly EnvoyPatch[] {
  const all = items(spec.configPatches).map(fields);
  const end = all.findIndex((it) => typeof it.patch !== 'object' || it.patch === null);
  return all.slice(0, end < 0 ? all.length : end).map(({ applyTo, match, patch }, index) => {
    const { operation, value } = fields(patch);
    const { listener, proxy } = fields(match);
    const filter = fields(fields(fields(listener).filterChain).filter);
    const own = fields(value).name;
    const beside = typeof value === 'object' && value !== null ? (text(filter.name) ?? '') : '';
    return {
      applyTo: text(applyTo) ?? '',
      operation: text(operation) ?? '',
      path: ['spec', 'configPatches', index, 'patch', 'operation'],
      target: own === undefined ? beside : `named ${JSON.stringify(own)}`,
      isForVersion: Boolean(fields(proxy).proxyVersion),
    };
  });
}

/** Patches whose place depends on what other EnvoyFilters have done before, with nothing that says which goes first. */
export function relativePatches(filter: Resource<'Other'>): readonly EnvoyPatch[] {
  return whole(filter.spec.priority) ? [] : envoyPatches(filter).filter(isRelative);
}

const replaceable: ReadonlySet<string> = new Set(['NETWORK_FILTER', 'HTTP_FILTER', 'VIRTUAL_HOST']);
const wholeRoutes: ReadonlySet<string> = new Set(['ROUTE_CONFIGURATION', 'HTTP_ROUTE']);

type IdleOperation = 'ADD' | 'REMOVE' | 'REPLACE';

/** What istiod does all the same, whatever istioctl says. */
const doneTo: { readonly [operation in IdleOperation]: string } = {
  ADD: 'HTTP_ROUTE',
  REMOVE: 'HTTP_ROUTE',
  REPLACE: 'LISTENER_FILTER',
};

/** The patches of a filter whose operation is not done to what it applies to. None where it is no EnvoyFilter. */
export function idlePatches(
  filter: Resource<'Other'>,
  { settings }: View,
  operation: IdleOperation,
): readonly EnvoyPatch[] {
  const isDone = ({ applyTo }: EnvoyPatch): boolean =>
    applyTo === doneTo[operation] && settings.profile !== 'istioctl';
  return isA(filter, 'EnvoyFilter')
    ? envoyPatches(filter).filter((it) => it.operation === operation && isIdle(it) && !isDone(it))
    : [];
}

/** Whether istioctl takes the operation for one that is not done to what it applies to. */
function isIdle({ operation, applyTo }: EnvoyPatch): boolean {
  return operation === 'REPLACE'
    ? !replaceable.has(applyTo)
    : (operation === 'ADD' || operation === 'REMOVE') && wholeRoutes.has(applyTo);
}

function isRelative(patch: EnvoyPatch): boolean {
  return ['INSERT_BEFORE', 'INSERT_AFTER', 'REMOVE', 'REPLACE'].includes(patch.operation) && !isIdle(patch);
}

/**
 * Whether an earlier patch for the same target is for proxies of one version. Which EnvoyFilter istioctl reads first is
 * left to chance; by namespace and name is as good as any.
 */
export function followsVersioned(view: View, filter: Resource<'Other'>, patch: EnvoyPatch): boolean {
  const before = view.lookUp(
    'istioctl/versioned-patches',
    patch.target,
    () => groupBy(versionedPatches(view), (it) => it.patch.target),
    (a, b) => sameResource(a.filter, b.filter) && a.patch.path[2] === b.patch.path[2],
  );
  return before.some((it) =>
    sameResource(it.filter, filter)
      ? Number(it.patch.path[2]) < Number(patch.path[2])
      : compareText(placeOf(it.filter), placeOf(filter)) < 0,
  );
}

interface Versioned {
  readonly filter: Resource<'Other'>;
  readonly patch: EnvoyPatch;
}

function versionedPatches(view: View): readonly Versioned[] {
  return othersIn(view, 'EnvoyFilter').flatMap((filter) =>
    envoyPatches(filter)
      .filter((it) => it.isForVersion)
      .map((patch) => ({ filter, patch })),
  );
}

function placeOf({ namespace, name }: Resource): string {
  return `${namespace}/${name}`;
}
