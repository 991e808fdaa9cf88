import { type Intent, intendedGateway } from '../intent/intended-gateway';
import type { Probe } from '../intent/probes';
import { virtualServicesFor } from '../intent/routed-hosts';
import { failures, type Way, waysOf } from '../intent/ways';
import { type Origin, sameResource } from '../mesh/origin';
import type { Resource } from '../model/resource';
import { groupBy } from '../text/collections';
import type { View } from '../workspace/view';
import type { OtherFindings, RuleFinding } from './rule';

/** Ways of requests to one host and port that all go wrong in the same manner. */
export interface FaultyWays {
  readonly ways: readonly [Way, ...Way[]];
  readonly fault: 'fails' | 'bypasses';
  /** Where it is written that they should pass a gateway. */
  readonly intent: Origin | undefined;
}

/** What nobody has told the cause of yet. */
export function faultyWays(view: View, probes: readonly Probe[], others: OtherFindings): FaultyWays[] {
  const found: FaultyWays[] = [];
  for (const alike of groupBy(probes, ({ host, port }) => `${host}:${port}`).values()) {
    const ways = alike.flatMap((it) => waysOf(view, it));
    const fails = ways.filter((it) => failures.has(it.path.outcome));
    const bypasses =
      fails.length > 0 ? [] : ways.filter(leavesDirectly).flatMap((it) => defeated(view, it) ?? []);
    const [first] = bypasses;
    const worst = first ? bypasses.map((it) => it.way) : fails;
    if (worst.length > 0 && ![...involved(view, worst)].some((it) => others.accuse(it))) {
      found.push({
        ways: worst as unknown as FaultyWays['ways'],
        fault: first ? 'bypasses' : 'fails',
        intent: first?.intent.origin,
      });
    }
  }
  return found;
}

function leavesDirectly({ path: { outcome, via } }: Way): boolean {
  return (outcome === 'external' || outcome === 'passthrough') && via.length === 0;
}

/** A VirtualService that sends some requests to the gateway and the rest directly does so on purpose. */
function defeated(view: View, way: Way): { readonly way: Way; readonly intent: Intent } | undefined {
  const { host, port, protocol, request } = way.probe;
  const intent = intendedGateway(view, { host, port, protocol, namespace: request.from.namespace });
  const decided = way.path.hops[0]?.decidedBy ?? [];
  const onPurpose = decided.some((it) => sameResource(it.resource, intent?.sender?.resource));
  return intent && !onPurpose ? { way, intent } : undefined;
}

/** Whatever could be at fault: what decided on the way, and everything that is written for the host. */
function involved(view: View, ways: readonly Way[]): ReadonlySet<Resource> {
  const decided = ways.flatMap((it) => it.path.hops.flatMap((hop) => hop.decidedBy));
  const hosts = new Set(ways.map((it) => it.probe.host));
  const written = [...hosts].flatMap((it) => virtualServicesFor(view, it).map(({ resource }) => resource));
  return new Set([
    ...ways.map((it) => it.probe.origin.resource),
    ...decided.map((it) => it.resource),
    ...written,
  ]);
}

export function wayFinding(view: View, { ways, fault, intent }: FaultyWays): RuleFinding {
  const [{ probe, path, request }] = ways;
  const namespaces = [...new Set(ways.map((it) => `"${it.probe.request.from.namespace}"`))].join(', ');
  const from = `Requests from namespace ${namespaces} to "${request}"`;
  const at = path.hops.at(-1)?.proxy ?? 'sidecar';
  return {
    path: probe.origin.path,
    message:
      fault === 'fails'
        ? `${from} fail at the ${at}: ${path.reason ?? path.outcome}`
        : `${from} leave directly from the sidecar, though they were meant to pass a gateway`,
    severity: view.settings.closedWorld ? 'error' : 'warning',
    related: relatedOf(ways, intent),
  };
}

function relatedOf(ways: FaultyWays['ways'], intent: Origin | undefined): RuleFinding['related'] {
  const [{ path, probe }] = ways;
  const decided = path.hops
    .toReversed()
    .flatMap((hop) =>
      hop.decidedBy.map((origin) => ({ ...origin, message: `The ${hop.proxy} goes by this` })),
    );
  const meant = intent ? [{ ...intent, message: 'Here they are meant to pass a gateway' }] : [];
  const all = [...meant, ...decided].filter((it) => it.resource !== probe.origin.resource);
  const seen = new Map(all.map((it) => [`${it.resource.slot.id} ${it.path.join('.')}`, it]));
  return [...seen.values()];
}
