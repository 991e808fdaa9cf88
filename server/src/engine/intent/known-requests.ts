import { hostsOverlap, isWildcard } from '../mesh/hosts';
import { servicesNamed } from '../mesh/registry';
import type { Slot } from '../source/source';
import type { TracedPath } from '../traffic/request';
import type { View } from '../workspace/view';
import { otherNamespaces } from './clients';
import { isDefeated, isDefeatedHop } from './faults';
import type { GatewayHop } from './hops';
import { likelyProbesOfEntry, likelyProbesOfUnregistered, type Probe, schemeOf } from './probes';
import { samplesOf } from './sample-requests';
import { fails, failures, type Way, waysOf } from './ways';

/** A request that the files make people expect; `hop` is the route to a gateway that it was made up for. */
export interface KnownRequest {
  readonly probe: Probe;
  readonly hop?: GatewayHop;
}

/** Every request the documents of a scope make people expect, each once. */
export function knownRequests(view: View): readonly KnownRequest[] {
  return distinct(expectedRequests(view));
}

function distinct(requests: readonly KnownRequest[]): readonly KnownRequest[] {
  return [...new Map(requests.map((it) => [JSON.stringify(it.probe.request), it])).values()];
}

/** What lives in a namespace may change what its own proxies do. */
const kindsOfHomes = ['DestinationRule', 'VirtualService', 'ServiceEntry', 'Sidecar'] as const;

/** More requests than these are not followed for the sake of namespaces that nobody expects them from. */
const mostStrangers = 200;

/**
 * The same requests from every other namespace, and for the hosts on the other port of the web: what becomes of them
 * tells whether a change reaches further than it should. None in a scope where they are too many.
 */
export function strangeRequests(view: View, known: readonly KnownRequest[]): readonly KnownRequest[] {
  const clients = known.map((it) => it.probe.request.from.namespace);
  const homes = kindsOfHomes.flatMap((kind) => view.all(kind).map((it) => it.namespace));
  const namespaces = [...new Set([...clients, ...homes, otherNamespaces])];
  const expected = new Set(known.map((it) => JSON.stringify(it.probe.request)));
  const from = (namespace: string): readonly KnownRequest[] =>
    known.map(({ probe }) => ({ probe: { ...probe, request: { ...probe.request, from: { namespace } } } }));
  const strange = [
    ...namespaces.flatMap(from),
    ...known.flatMap(onOtherPort),
    ...routedHosts(view, new Set(known.map((it) => it.probe.host))),
  ];
  const all = distinct(strange.length > mostStrangers ? [] : strange);
  return all.filter((it) => !expected.has(JSON.stringify(it.probe.request)));
}

/** Of a host that a wildcard registers, its route may be all that is known. */
function routedHosts(view: View, known: ReadonlySet<string>): readonly KnownRequest[] {
  const from = { namespace: otherNamespaces };
  return view.all('VirtualService').flatMap((resource) =>
    (resource.spec.hosts ?? []).flatMap((host, index): KnownRequest[] => {
      const request = { from, scheme: 'http' as const, host, port: 80, path: '/' };
      const origin = { resource, path: ['spec', 'hosts', index] };
      return known.has(host) || isWildcard(host)
        ? []
        : [{ probe: { request, host, port: 80, protocol: 'HTTP', origin } }];
    }),
  );
}

/** HTTPS for a host that is known for HTTP, and the other way round. */
function onOtherPort({ probe }: KnownRequest): readonly KnownRequest[] {
  const { from, host } = probe.request;
  const isPlain = probe.request.scheme === 'http';
  if (!isPlain && probe.request.scheme !== 'https') {
    return [];
  }
  const scheme = isPlain ? 'https' : 'http';
  const port = isPlain ? 443 : 80;
  const protocol = isPlain ? 'HTTPS' : 'HTTP';
  return [{ probe: { ...probe, request: { from, scheme, host, port }, port, protocol } }];
}

function expectedRequests(view: View): readonly KnownRequest[] {
  const probes = [
    ...view.all('ServiceEntry').flatMap((it) => likelyProbesOfEntry(view, it)),
    ...view.all('VirtualService').flatMap((it) => likelyProbesOfUnregistered(view, it)),
  ];
  return probes.flatMap((probe): KnownRequest[] => [
    { probe },
    ...samplesOf(view, probe).map(({ probe: sample, hop }) => ({ probe: sample, hop })),
  ]);
}

/** Whether its port is known to speak another protocol, so that nobody would ask like this. */
export function speaksOtherwise(view: View, { probe: { request, host } }: KnownRequest): boolean {
  const ports = servicesNamed(view, host).flatMap((it) => it.ports);
  const alike = ports.filter((it) => it.number === request.port);
  return alike.length > 0 && alike.every((it) => schemeOf(it.protocol, it.number) !== request.scheme);
}

/** Whether a request is for a host of the ServiceEntry in a document. */
export function isForEntry(view: View, { probe }: KnownRequest, slot: Slot): boolean {
  const entries = view.all('ServiceEntry').filter((it) => it.slot === slot);
  return entries.some((it) => it.spec.hosts?.some((host) => hostsOverlap(host, probe.host)));
}

/** What becomes of a request, on every way it can take. */
export interface Fate {
  readonly ends: readonly TracedPath[];
  /** Whether it fails, or passes by the gateway that was meant for it. */
  readonly isFaulty: boolean;
  /** Whether it ends at a proxy that takes some paths of the host only, so that one of these was followed for it. */
  readonly isForOtherPath: boolean;
}

export function fateOf(view: View, { probe, hop }: KnownRequest): Fate {
  const ways = waysOf(view, probe);
  return {
    ends: ways.map(({ path }) => path),
    isFaulty: ways.some(
      (it) => fails(it) || losesTls(it) || (hop ? isDefeatedHop(it, hop) : isDefeated(view, it)),
    ),
    isForOtherPath: ways.some((it) => it.request !== `${probe.host}:${probe.port}`),
  };
}

/** An application that speaks TLS itself means it to reach the host. */
function losesTls({ probe: { request }, path: { outcome, tls } }: Way): boolean {
  return (
    (request.scheme === 'https' || request.scheme === 'tls') && outcome === 'external' && tls.length === 0
  );
}

/** Whether a request that arrived, be it past the gateway, ends at a proxy that has no route for its path now. */
export function isLost(before: Fate, now: Fate): boolean {
  const arrived = !before.isForOtherPath && before.ends.every(({ outcome }) => !failures.has(outcome));
  return arrived && now.isForOtherPath;
}

export function isSame(before: Fate, now: Fate): boolean {
  return textOf(before) === textOf(now);
}

/**
 * Whether a request that left directly is taken by a route now, be it through a gateway. Nobody means it to lose its
 * registration, or to be wrapped in a second layer of TLS.
 */
export function isTurned(before: Fate, now: Fate): boolean {
  if (now.isFaulty || before.ends.some((it) => it.via.length > 0)) {
    return false;
  }
  const hosts = new Set(before.ends.map((it) => it.host));
  const layers = Math.max(1, ...before.ends.map((it) => it.tls.length));
  return now.ends.every(
    ({ outcome, via, host, tls }) =>
      via.length > 0 ||
      outcome === 'direct-response' ||
      outcome === 'redirect' ||
      (outcome === 'external' && hosts.has(host) && tls.length <= layers),
  );
}

function textOf({ ends }: Fate): string {
  return [...new Set(ends.map(endOf))].sort().join('\n');
}

function endOf({ outcome, via, host, port, tls, status }: TracedPath): string {
  return JSON.stringify([outcome, via, host, port, tls, status]);
}
