import { memoize } from '../mesh/derive';
import { matchLength } from './addresses';
import { type FilterChain, isEverything, type Listener } from './filter-chains';

/** What a connection shows before it is answered. */
export interface Sniffed {
  readonly sni?: string;
  readonly address?: string;
  readonly tls: boolean;
  readonly http: boolean;
}

export type ChainChoice = FilterChain | 'none' | 'ambiguous';

/**
 * The chain Envoy takes: the most specific address block first, then the most specific name, then the protocol. A
 * step is never taken back: a chain that fits worse in an earlier step is not tried again.
 */
export function chooseChain(listener: Listener, sniffed: Sniffed): ChainChoice {
  const named = byName(byAddress(indexOf(listener), sniffed.address), sniffed.sni);
  const plain = sniffed.tls ? [] : named.filter((it) => it.match.plainHttp);
  const others = named.filter((it) => !it.match.plainHttp);
  const left = plain.length === 0 ? others : sniffed.http ? plain : [];
  if (left.length > 1) {
    return 'ambiguous';
  }
  return left[0] ?? listener.fallback ?? 'none';
}

/** The chains for one block of addresses, by name. */
interface Names {
  readonly exact: Map<string, FilterChain[]>;
  /** By what follows the asterisk. */
  readonly wildcards: Map<string, FilterChain[]>;
  readonly unnamed: FilterChain[];
}

interface ChainIndex {
  readonly blocks: ReadonlyMap<string, Names>;
  readonly anywhere: Names | undefined;
}

const indexOf = memoize((listener: Listener): ChainIndex => {
  const blocks = new Map<string, Names>();
  let anywhere: Names | undefined;
  for (const chain of listener.chains) {
    const wanted = chain.match.blocks.filter((it) => !isEverything(it));
    if (wanted.length === 0) {
      anywhere ??= noNames();
      addNames(anywhere, chain);
    }
    for (const block of new Set(wanted)) {
      const names = blocks.get(block) ?? noNames();
      addNames(names, chain);
      blocks.set(block, names);
    }
  }
  return { blocks, anywhere };
});

function noNames(): Names {
  return { exact: new Map(), wildcards: new Map(), unnamed: [] };
}

function addNames({ exact, wildcards, unnamed }: Names, chain: FilterChain): void {
  const { sniHosts } = chain.match;
  if (sniHosts.length === 0 || sniHosts.includes('*')) {
    unnamed.push(chain);
    return;
  }
  for (const host of new Set(sniHosts)) {
    const [map, key] = host.startsWith('*') ? [wildcards, host.slice(1)] : [exact, host];
    const known = map.get(key);
    known ? known.push(chain) : map.set(key, [chain]);
  }
}

function byAddress({ blocks, anywhere }: ChainIndex, address: string | undefined): Names | undefined {
  let best: { readonly length: number; readonly names: Names } | undefined;
  for (const [block, names] of address === undefined ? [] : blocks) {
    const length = matchLength(address!, block);
    if (length !== undefined && (!best || length > best.length)) {
      best = { length, names };
    }
  }
  return best?.names ?? anywhere;
}

/**
 * The name itself, else the longest wildcard over it, else the chains that ask for no name. A name on the wire is
 * in lower case by now; one that a chain writes in capitals never matches.
 */
function byName(names: Names | undefined, sni: string | undefined): readonly FilterChain[] {
  if (!names) {
    return [];
  }
  const name = sni?.toLowerCase() ?? '';
  const own = names.exact.get(name);
  if (own) {
    return own;
  }
  for (let start = 1; names.wildcards.size > 0 && start < name.length; start++) {
    const wider = names.wildcards.get(name.slice(start));
    if (wider) {
      return wider;
    }
  }
  return names.unnamed;
}
