import { meshFacts } from '../mesh/facts';
import { findService } from '../mesh/registry';
import { isExportedTo, visibilityOf } from '../mesh/visibility';
import type { Resource } from '../model/resource';
import type { ServicePort } from '../model/specs';
import type { View } from '../workspace/view';
import type { Desk, Piece } from './desk';
import { hostLabel } from './names';
import { completeServiceEntry } from './service-entry';
import type { Flow } from './wish';

type ServiceEntry = Resource<'ServiceEntry'>;

/** The ServiceEntries that declare exactly this host to the namespace, the one that counts first. */
export function entriesFor(view: View, host: string, namespace: string): readonly ServiceEntry[] {
  const counts = findService(view, namespace, host)?.resource;
  const entries = view
    .byHost('ServiceEntry', host)
    .filter(
      (it) => it.namespace === namespace || isExportedTo(exportToOf(view, it), it.namespace, namespace),
    );
  const rank = (it: ServiceEntry): number =>
    (it.slot === counts?.slot ? 0 : 2) + (it.namespace === namespace ? 0 : 1);
  return [...entries].sort((a, b) => rank(a) - rank(b));
}

function exportToOf(view: View, resource: ServiceEntry): readonly string[] {
  return visibilityOf(view, resource).exportTo;
}

export function portsOf(entries: readonly ServiceEntry[]): readonly ServicePort[] {
  return entries.flatMap((it) => it.spec.ports ?? []);
}

export interface EntryPlan {
  readonly host: string;
  readonly namespace: string;
  readonly flows: readonly Flow[];
  /** The port of the host that a gateway encrypts for, which the entry has to have. */
  readonly upstreamPort: number | undefined;
  readonly resolved: boolean;
  readonly targetPort: boolean;
  /** Namespaces of proxies that have to know the host. */
  readonly seenFrom: readonly string[];
}

export function planEntry(
  view: View,
  desk: Desk,
  entries: readonly ServiceEntry[],
  plan: EntryPlan,
): Piece<'ServiceEntry'> {
  const [main, ...others] = entries;
  const purpose = `makes "${plan.host}" known to the mesh`;
  const spec = completeServiceEntry(main?.spec, { ...plan, elsewhere: portsOf(others) });
  const piece = main
    ? desk.open(main, purpose)
    : desk.write('ServiceEntry', plan.namespace, hostLabel(plan.host), spec, purpose);
  const exportTo = main ? exportToOf(view, main) : meshFacts(view).defaultServiceExportTo.value;
  piece.spec = { ...spec, ...withSight(exportTo, piece.namespace, plan.seenFrom) };
  return piece;
}

/** `exportTo` with the namespaces it leaves out; nothing when it leaves none out. */
export function withSight(
  exportTo: readonly string[],
  home: string,
  seenFrom: readonly string[],
): { readonly exportTo?: readonly string[] } {
  const blind = [...new Set(seenFrom)].filter((it) => !isExportedTo(exportTo, home, it));
  if (blind.length === 0) {
    return {};
  }
  const kept = exportTo.filter((it) => it !== '~');
  return { exportTo: [...kept, ...blind.map((it) => (it === home ? '.' : it))] };
}
