import type { Origin } from '../mesh/origin';
import { sameItems } from '../text/collections';
import type { ClusterReference } from './clusters';
import type { Weighted } from './destinations';
import type { Alternative, Hop, Outcome, TlsLayer, TracedPath } from './request';

/** What has happened so far on one way of the request. */
export interface Branch {
  readonly hops: readonly Hop[];
  readonly via: readonly string[];
  /** Percent of the requests; 0 while nothing has split. */
  readonly weight: number;
}

export const noBranch: Branch = { hops: [], via: [], weight: 0 };

/** How a way ends. */
export interface Ending {
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly host?: string;
  readonly port?: string;
  readonly tls?: readonly TlsLayer[];
  readonly status?: number;
}

export function finished(branch: Branch, { tls = [], ...ending }: Ending): TracedPath {
  return { tls, ...branch, ...ending };
}

/**
 * A proxy that a way enters. Everything that may become known has its place from the start: hops are copied at every
 * step, and V8 is ten times faster at that where a copy has no names that the original had not.
 */
export function newHop(proxy: string): Hop {
  return {
    proxy,
    listener: undefined,
    filterChain: undefined,
    routeConfig: undefined,
    virtualHost: undefined,
    route: undefined,
    cluster: undefined,
    clusterType: undefined,
    tunnel: undefined,
    layers: undefined,
    weight: undefined,
    decidedBy: [],
    alternatives: undefined,
  };
}

export function withHop(branch: Branch, hop: Hop): Branch {
  return { ...branch, hops: [...branch.hops, hop] };
}

/** Percent of the requests that one of several destinations gets; 0 when there is only one. */
export function shareOf(weighted: Weighted, all: readonly Weighted[]): number {
  const total = all.reduce((sum, it) => sum + it.weight, 0);
  return total === 0 ? 0 : Math.round((weighted.weight / total) * 100);
}

export function split(branch: Branch, share: number): Branch {
  if (share === 0) {
    return branch;
  }
  return { ...branch, weight: branch.weight === 0 ? share : (branch.weight * share) / 100 };
}

/** Adds places to those that decided, each once. */
export function decided(hop: Hop, ...origins: readonly (Origin | undefined)[]): Hop {
  const decidedBy = [...hop.decidedBy];
  for (const it of origins) {
    if (it && !decidedBy.some((other) => isSamePlace(it, other))) {
      decidedBy.push(it);
    }
  }
  return decidedBy.length === hop.decidedBy.length ? hop : { ...hop, decidedBy };
}

/** Adds what might have decided otherwise, each reason once. */
export function considered(hop: Hop, found: readonly Alternative[]): Hop {
  const all = new Map([...(hop.alternatives ?? []), ...found].map((it) => [it.reason, it]));
  return all.size === 0 ? hop : { ...hop, alternatives: [...all.values()] };
}

function isSamePlace(a: Origin, b: Origin): boolean {
  return (
    a.resource.slot === b.resource.slot &&
    sameItems(a.resource.base, b.resource.base) &&
    sameItems(a.path, b.path)
  );
}

/** Why a proxy has no cluster for a destination, in words. */
export function missingReason({ hostname, port, subset }: ClusterReference, why: string): string {
  switch (why) {
    case 'no-service':
      return `503: the proxy knows no host "${hostname}"`;
    case 'no-port':
      return `503: "${hostname}" has no port ${port}`;
    case 'no-subset':
      return `503: no rule this proxy follows has a subset "${subset}" of "${hostname}"`;
    default:
      return `503: "${hostname}" has no endpoints`;
  }
}
