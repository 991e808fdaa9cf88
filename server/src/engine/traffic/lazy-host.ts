import type { Origin } from '../mesh/origin';
import type { Route } from './routes';
import type { VirtualHost } from './virtual-hosts';

/** Most hosts are never asked for, so their routes are built when one is. */
export class LazyHost implements VirtualHost {
  readonly name: string;
  readonly domains: readonly string[];
  readonly origins: readonly Origin[];
  readonly rivals: readonly Origin[];
  readonly #routes: () => readonly Route[];

  constructor(
    name: string,
    domains: readonly string[],
    routes: () => readonly Route[],
    origins: readonly Origin[],
    rivals: readonly Origin[],
  ) {
    this.name = name;
    this.domains = domains;
    this.origins = origins;
    this.rivals = rivals;
    this.#routes = routes;
  }

  get routes(): readonly Route[] {
    return this.#routes();
  }
}

/** Computed when first asked for. */
export function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
