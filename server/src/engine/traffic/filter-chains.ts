import type { Origin } from '../mesh/origin';
import { matchLength, prefixOf } from './addresses';
import type { Weighted } from './destinations';

/** What a listener does with the connections a filter chain matches. */
export interface FilterChain {
  readonly name?: string;
  readonly match: FilterChainMatch;
  /** TLS that ends here. */
  readonly tls?: ServerTlsMode;
  readonly filter: NetworkFilter;
  readonly origins: readonly Origin[];
}

/** Empty lists match everything. */
export interface FilterChainMatch {
  readonly sniHosts: readonly string[];
  readonly blocks: readonly string[];
  /** Plain bytes that look like HTTP. */
  readonly plainHttp?: boolean;
}

export type ServerTlsMode = 'SIMPLE' | 'MUTUAL' | 'OPTIONAL_MUTUAL' | 'ISTIO_MUTUAL';

export type NetworkFilter =
  | {
      readonly kind: 'http';
      readonly routeConfig: string;
      /** The wildcard host whose names the listener looks up by the `Host` header. */
      readonly resolves?: string;
    }
  | {
      readonly kind: 'tcp';
      readonly clusters: readonly Weighted[];
      readonly tunnel?: string;
      /** The wildcard host whose names the chain looks up by the SNI. */
      readonly resolves?: string;
    }
  | { readonly kind: 'catch-all' };

export interface Listener {
  readonly name: string;
  readonly chains: readonly FilterChain[];
  /** Taken when no other chain matches. */
  readonly fallback?: FilterChain;
}

/** What a connection shows before it is answered. */
export interface Sniffed {
  readonly sni?: string;
  readonly address?: string;
  readonly tls: boolean;
  readonly http: boolean;
}

export function isMatchAll({ sniHosts, blocks, plainHttp }: FilterChainMatch): boolean {
  return (sniHosts.length === 0 || sniHosts.includes('*')) && !plainHttp && blocks.length === 0;
}

/** Two chains of a listener conflict when they have the same key. The order in the lists does not matter. */
export function matchKey({ sniHosts, blocks, plainHttp }: FilterChainMatch): string {
  const names = [...new Set(sniHosts.filter((it) => it !== '*'))].sort();
  const prefixes = blocks.flatMap((it) => (isEverything(it) ? [] : (prefixOf(it) ?? [])));
  return `${plainHttp ? 'http' : ''} ${names.join()} ${[...new Set(prefixes)].sort().join()}`;
}

function isEverything(block: string): boolean {
  return block.split('/')[0] === '0.0.0.0';
}

export type ChainChoice = FilterChain | 'none' | 'ambiguous';

/**
 * The chain Envoy takes: the most specific address block first, then the most specific name, then the protocol. A
 * step is never taken back: a chain that fits worse in an earlier step is not tried again.
 */
export function chooseChain(listener: Listener, sniffed: Sniffed): ChainChoice {
  const byAddress = bestBy(listener.chains, (chain) => addressScore(chain.match, sniffed.address));
  const byName = bestBy(byAddress, (chain) => nameScore(chain.match, sniffed.sni));
  const plain = sniffed.tls ? [] : byName.filter((it) => it.match.plainHttp);
  const others = byName.filter((it) => !it.match.plainHttp);
  const byProtocol = plain.length === 0 ? others : sniffed.http ? plain : [];
  if (byProtocol.length > 1) {
    return 'ambiguous';
  }
  return byProtocol[0] ?? listener.fallback ?? 'none';
}

function bestBy(
  chains: readonly FilterChain[],
  score: (chain: FilterChain) => number | undefined,
): readonly FilterChain[] {
  let best = Number.NEGATIVE_INFINITY;
  let found: FilterChain[] = [];
  for (const chain of chains) {
    const own = score(chain);
    if (own === undefined || own < best) {
      continue;
    }
    found = own > best ? [chain] : [...found, chain];
    best = own;
  }
  return found;
}

function addressScore({ blocks }: FilterChainMatch, address: string | undefined): number | undefined {
  const wanted = blocks.filter((it) => !isEverything(it));
  if (wanted.length === 0) {
    return -1;
  }
  const lengths = address === undefined ? [] : wanted.flatMap((it) => matchLength(address, it) ?? []);
  return lengths.length === 0 ? undefined : Math.max(...lengths);
}

function nameScore({ sniHosts }: FilterChainMatch, sni: string | undefined): number | undefined {
  if (sniHosts.length === 0 || sniHosts.includes('*')) {
    return 0;
  }
  const name = sni?.toLowerCase();
  if (name === undefined) {
    return undefined;
  }
  let best: number | undefined;
  for (const host of sniHosts) {
    const wanted = host.toLowerCase();
    if (wanted === name) {
      return Number.POSITIVE_INFINITY;
    }
    if (wanted.startsWith('*.') && name.length >= wanted.length && name.endsWith(wanted.slice(1))) {
      best = Math.max(best ?? 0, wanted.length);
    }
  }
  return best;
}
