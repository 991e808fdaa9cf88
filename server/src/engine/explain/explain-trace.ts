import { isGoverned } from '../intent/governed';
import { failures } from '../intent/ways';
import type { Origin } from '../mesh/origin';
import type { Hop, Request, TracedPath } from '../traffic/request';
import { trace } from '../traffic/trace';
import type { View } from '../workspace/view';
import { decisionWords } from './decision-words';
import { type OutcomeWords, outcomeWords } from './outcome-words';

export type WayState = 'ok' | 'bypass' | 'blocked' | 'broken' | 'not-evaluated';

/** One way of a request with everything a person wants to know of it. */
export interface ExplainedWay {
  readonly path: TracedPath;
  readonly state: WayState;
  readonly words: OutcomeWords;
  readonly hops: readonly ExplainedHop[];
}

export interface ExplainedHop {
  readonly hop: Hop;
  readonly decisions: readonly Reason[];
  readonly others: readonly Reason[];
}

/** Something about a place, in words. */
export interface Reason {
  readonly words: string;
  readonly origin?: Origin;
}

/** Follows a request and says what decided at every proxy. */
export function explainTrace(view: View, request: Request): readonly ExplainedWay[] {
  return trace(view, request, { explained: true }).map((path): ExplainedWay => {
    return {
      path,
      state: stateOf(view, request, path),
      words: outcomeWords(path, `${request.host}:${request.port}`),
      hops: path.hops.map(explainHop),
    };
  });
}

/** The state of a way. What leaves without anybody having registered it passes every gateway by. */
export function stateOf(view: View, { host }: Request, { outcome, via }: TracedPath): WayState {
  if (failures.has(outcome)) {
    return 'broken';
  }
  if (outcome === 'blocked' || outcome === 'not-evaluated') {
    return outcome;
  }
  const isPast = outcome === 'external' && via.length === 0 && isGoverned(view, host);
  return isPast || outcome === 'passthrough' ? 'bypass' : 'ok';
}

function explainHop(hop: Hop): ExplainedHop {
  const isServer = ({ resource }: Origin): number => (resource.kind === 'Gateway' ? 0 : 1);
  // A gateway takes a request in before it routes it.
  const inOrder = hop.decidedBy.toSorted((a, b) => isServer(a) - isServer(b));
  const decisions = inOrder.map((origin): Reason => ({ words: decisionWords(origin), origin }));
  return {
    hop,
    decisions: decisions.length > 0 ? decisions : [{ words: undecided(hop) }],
    others: (hop.alternatives ?? []).map(({ reason, origin }) => ({ words: reason, origin })),
  };
}

/** Nothing in the configuration has decided, and even that is to be said. */
function undecided({ listener, cluster, virtualHost }: Hop): string {
  if (listener === 'virtualOutbound') {
    return 'No service of this namespace has this port, so the connection is taken as one to an unknown host';
  }
  if (virtualHost === 'block_all' || virtualHost?.startsWith('allow_any')) {
    return 'No service or route of this namespace has this host on this port';
  }
  if (cluster === 'PassthroughCluster' || cluster === 'BlackHoleCluster') {
    return 'Something listens on this port, but nothing of it fits this connection';
  }
  if (listener === undefined) {
    return 'Nothing listens here on the port the request arrives at';
  }
  return cluster === undefined && virtualHost === undefined
    ? 'Nothing that listens on this port takes such a connection'
    : 'No object of these files has decided here';
}
