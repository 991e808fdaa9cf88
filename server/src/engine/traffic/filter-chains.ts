import type { Origin } from '../mesh/origin';
import { prefixOf } from './addresses';
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

export function isMatchAll({ sniHosts, blocks, plainHttp }: FilterChainMatch): boolean {
  return (sniHosts.length === 0 || sniHosts.includes('*')) && !plainHttp && blocks.length === 0;
}

/** Two chains of a listener conflict when they have the same key. The order in the lists does not matter. */
export function matchKey({ sniHosts, blocks, plainHttp }: FilterChainMatch): string {
  const names = [...new Set(sniHosts.filter((it) => it !== '*'))].sort();
  const prefixes = blocks.flatMap((it) => (isEverything(it) ? [] : (prefixOf(it) ?? [])));
  return `${plainHttp ? 'http' : ''} ${names.join()} ${[...new Set(prefixes)].sort().join()}`;
}

/** The block of all addresses asks for nothing. */
export function isEverything(block: string): boolean {
  return block.split('/')[0] === '0.0.0.0';
}
