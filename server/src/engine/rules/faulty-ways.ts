import { namespacesText } from '../intent/clients';
import { bypasses, type Fault, failures } from '../intent/faults';
import { type Intent, serversNaming } from '../intent/intended-gateway';
import type { Probe } from '../intent/probes';
import { routesTo } from '../intent/routes-to';
import type { Way } from '../intent/ways';
import { findGatewayProxy, gatewaysOn } from '../mesh/gateways';
import { serviceHostname } from '../mesh/hosts';
import type { Origin } from '../mesh/origin';
import { servicesNamed } from '../mesh/registry';
import { virtualServicesFor } from '../mesh/routed-hosts';
import type { Severity } from '../model/finding';
import type { Resource } from '../model/resource';
import { groupBy } from '../text/collections';
import type { View } from '../workspace/view';
import type { Path } from '../yaml/node';
import type { OtherFindings, RuleFinding } from './rule';
import { strayRoutesFor } from './stray-routes';

/** Ways of requests to one host and port that all go wrong in the same manner. */
export interface FaultyWays {
  readonly ways: readonly [Way, ...Way[]];
  /** For requests that arrive, but past the gateway: where it is written that they should not. */
  readonly intent?: Intent;
}

/** Requests that do not arrive, as far as nobody has told the cause. */
export function failingWays(view: View, probes: readonly Probe[], others: OtherFindings): FaultyWays[] {
  return alike(probes).flatMap((it) => untold(view, failures(view, it), others));
}

/** Requests that arrive past the gateway that was meant for them, as far as nobody has told the cause. */
export function bypassingWays(view: View, probes: readonly Probe[], others: OtherFindings): FaultyWays[] {
  return alike(probes)
    .filter((it) => failures(view, it).length === 0)
    .flatMap((it) => untold(view, bypasses(view, it), others));
}

/** Those of one host and port together. */
function alike(probes: readonly Probe[]): readonly (readonly Probe[])[] {
  return [...groupBy(probes, ({ host, port }) => `${host}:${port}`).values()];
}

function untold(view: View, faults: readonly Fault[], others: OtherFindings): FaultyWays[] {
  const [first, ...rest] = faults;
  const ways = faults.map((it) => it.way);
  if (!first || [...involved(view, ways)].some((it) => others.mention(it))) {
    return [];
  }
  return [{ ways: [first.way, ...rest.map((it) => it.way)], ...(first.intent && { intent: first.intent }) }];
}

/** Whatever could be at fault: what decided on the way, and everything that is written for the host. */
function involved(view: View, ways: readonly Way[]): ReadonlySet<Resource> {
  const decided = ways.flatMap((it) => it.path.hops.flatMap((hop) => hop.decidedBy));
  const hosts = new Set(ways.map((it) => it.probe.host));
  const written = [...hosts].flatMap((host) => [
    ...virtualServicesFor(view, host).map((it) => it.resource),
    ...routesTo(view, host).map((it) => it.virtualService.resource),
    ...serversNaming(view, host).map((it) => it.origin.resource),
    ...strayRoutesFor(view, host),
  ]);
  return new Set([
    ...ways.map((it) => it.probe.origin.resource),
    ...decided.map((it) => it.resource),
    ...written,
  ]);
}

/** A finding at `path`, which is where these requests are made to be expected. */
export function wayFinding(view: View, { ways, intent }: FaultyWays, path: Path): RuleFinding {
  const [way] = ways;
  const namespaces = namespacesText(...ways.map((it) => it.probe.request.from.namespace));
  const from = `Requests from ${namespaces} to "${way.request}"`;
  const at = way.path.hops.at(-1)?.proxy ?? 'sidecar';
  return {
    path,
    message: intent
      ? `${from} leave directly from the sidecar, though they were meant to pass a gateway`
      : `${from} fail at the ${at}: ${way.path.reason ?? way.path.outcome}`,
    severity: severityOf(view, way, intent),
    related: relatedOf(view, ways, intent),
  };
}

/** What is missing may live elsewhere: the other half of a way, or every Gateway of an egress gateway. */
function severityOf(view: View, { path }: Way, intent: Intent | undefined): Severity {
  if (view.settings.closedWorld) {
    return 'error';
  }
  const passed = path.via.at(-1)?.split('/');
  const proxy = passed && findGatewayProxy(view, serviceHostname(passed[1]!, passed[0]!));
  const isEmpty = proxy !== undefined && gatewaysOn(view, proxy).length === 0;
  return intent ? (intent.sender ? 'warning' : 'info') : isEmpty ? 'info' : 'warning';
}

function relatedOf(view: View, ways: FaultyWays['ways'], intent: Intent | undefined): RuleFinding['related'] {
  const [{ path, probe }] = ways;
  const meant = intent ? [{ ...intent.origin, message: 'Here they are meant to pass a gateway' }] : [];
  const decided = path.hops
    .toReversed()
    .flatMap((hop) => hop.decidedBy.map((it) => ({ ...it, message: `The ${hop.proxy} goes by this` })));
  const written = writtenFor(view, probe.host).map((it) => ({ ...it, message: 'This is for the same host' }));
  const seen = new Set([probe.origin.resource.slot]);
  return [...meant, ...decided, ...written]
    .filter(({ resource: { slot } }) => !seen.has(slot) && seen.add(slot))
    .slice(0, mostRelated);
}

/** A list that is longer is not read. */
const mostRelated = 8;

function writtenFor(view: View, host: string): readonly Origin[] {
  return [
    ...virtualServicesFor(view, host).map(({ resource }) => ({ resource, path: ['spec', 'hosts'] })),
    ...serversNaming(view, host).map((it) => it.origin),
    ...servicesNamed(view, host).flatMap(({ resource }) =>
      resource ? [{ resource, path: ['metadata', 'name'] }] : [],
    ),
  ];
}
