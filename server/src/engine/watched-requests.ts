import {
  type Fate,
  fateOf,
  isForEntry,
  isLost,
  isSame,
  isTurned,
  type KnownRequest,
  knownRequests,
  speaksOtherwise,
  strangeRequests,
} from './intent/known-requests';
import type { Slot } from './source/source';
import type { View } from './workspace/view';

/** A request, and what became of it before anything was changed. */
export interface Watched {
  readonly scope: string;
  readonly request: KnownRequest;
  readonly fate: Fate;
}

/** What happens to the requests the files make people expect. */
export class Requests {
  readonly known: readonly Watched[];
  #strange: readonly Watched[] | undefined;

  constructor(scopes: ReadonlyMap<string, View>) {
    this.known = watch(scopes, knownRequests);
  }

  get knowsStrangers(): boolean {
    return this.#strange !== undefined;
  }

  /** Those that nobody expects; `scopes` as they were before anything was changed. */
  meetStrangers(scopes: ReadonlyMap<string, View>): void {
    this.#strange = watch(scopes, (view) => strangeRequests(view, knownRequests(view)));
  }

  get strange(): readonly Watched[] {
    return this.#strange ?? [];
  }
}

function watch(
  scopes: ReadonlyMap<string, View>,
  requestsOf: (view: View) => readonly KnownRequest[],
): readonly Watched[] {
  return [...scopes].flatMap(([scope, view]) =>
    requestsOf(view).map((request) => ({ scope, request, fate: fateOf(view, request) })),
  );
}

/** `slot` is the document that is mended: where it counts again, requests for its hosts that failed have to flow. */
export function changeOf(
  watched: readonly Watched[],
  scopes: ReadonlyMap<string, View>,
  mayTurn: Turning,
  slot: Slot,
): Change {
  let faulty = 0;
  const own = { before: 0, now: 0 };
  for (const { scope, request, fate } of watched) {
    const view = scopes.get(scope);
    const now = view ? fateOf(view, request) : fate;
    faulty += now.isFaulty ? 1 : 0;
    if (mayTurn !== 'all' && isLost(fate, now)) {
      return { isWorse: true, faulty };
    }
    if (!fate.isFaulty && !isRight(fate, now, mayTurn) && !(view && speaksOtherwise(view, request))) {
      return { isWorse: true, faulty };
    }
    if (mayTurn === 'all' && fate.isFaulty && view && isForEntry(view, request, slot)) {
      own.before++;
      own.now += now.isFaulty ? 1 : 0;
    }
  }
  return { isWorse: own.before > 0 && own.now === own.before, faulty };
}

/**
 * Whether requests that nobody expects end elsewhere, so that a fix reaches further than it should. Those that failed may
 * arrive now, but not fail in another way; and a whole route is not written for them where others like them arrived.
 */
export function disturbs(
  { strange, known }: Requests,
  scopes: ReadonlyMap<string, View>,
  mayTurn: Turning,
): boolean {
  const arrived = mayTurn === 'none' ? known.filter(({ fate }) => !fate.isFaulty) : [];
  const served = new Set(arrived.map(({ request }) => askedFor(request)));
  return strange.some(({ scope, request, fate }) => {
    const view = scopes.get(scope);
    const now = view ? fateOf(view, request) : fate;
    if (isSame(fate, now) || (view && speaksOtherwise(view, request))) {
      return false;
    }
    return fate.isFaulty ? now.isFaulty || served.has(askedFor(request)) : !isRight(fate, now, mayTurn);
  });
}

/** All but who asks. */
function askedFor({ probe: { request } }: KnownRequest): string {
  return JSON.stringify({ ...request, from: undefined });
}

function isRight(fate: Fate, now: Fate, mayTurn: Turning): boolean {
  switch (mayTurn) {
    case 'none':
      return isSame(fate, now);
    case 'direct':
      return isSame(fate, now) || isTurned(fate, now);
    case 'all':
      return isSame(fate, now) || !now.isFaulty;
  }
}

/**
 * Which requests that are all right may end elsewhere after a fix: none; those that left directly, when a route takes
 * them now; or all that still arrive, when a document that was refused counts again.
 */
export type Turning = 'none' | 'direct' | 'all';

interface Change {
  /** Whether a request that went as configured ends elsewhere now, or none flows that should. */
  readonly isWorse: boolean;
  readonly faulty: number;
}
