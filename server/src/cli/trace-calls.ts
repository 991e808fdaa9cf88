import type { Engine } from '../engine/engine';
import { type ExplainedWay, explainTrace, type Reason, type WayState } from '../engine/explain/explain-trace';
import type { Request, TracedPath } from '../engine/traffic/request';
import { trace } from '../engine/traffic/trace';
import type { LiveScope } from '../engine/workspace/workspace';
import { type Locate, placeOf, type ResultPlace } from './result';

/** One request of a case or of the command line. */
export interface Call extends Omit<Request, 'port' | 'from'> {
  readonly id: string;
  readonly from: { readonly namespace: string; readonly labels?: { readonly [name: string]: string } };
  readonly port: number;
}

export interface TracedCall {
  readonly id: string;
  readonly paths: readonly ResultPath[];
}

export interface ResultPath extends Omit<TracedPath, 'hops'> {
  /** Whether it leaves as configured, else how it does not; only where words were asked for. */
  readonly state?: WayState;
  /** What to do about it; only where words were asked for. */
  readonly advice?: string;
  readonly hops: readonly ResultHop[];
}

export interface ResultHop {
  readonly proxy: string;
  readonly decidedBy: readonly ToldPlace[];
  /** What might have decided otherwise; only where words were asked for. */
  readonly alternatives?: readonly ToldPlace[];
}

export interface ToldPlace extends ResultPlace {
  /** What was decided there, or why it was not; only where that was asked for. */
  readonly words?: string;
}

/** The scopes of an engine that hold anything. */
export function scopesWithDocuments({ workspace }: Engine): readonly LiveScope[] {
  return [...workspace.scopes()].filter(({ scope }) => [...scope.slots()].length > 0);
}

/** The paths of every call through the one scope of an engine. */
export function traceCalls(engine: Engine, calls: readonly Call[], locate: Locate): readonly TracedCall[] {
  const [live] = scopesWithDocuments(engine);
  return calls.map(({ id, ...request }) => ({
    id,
    paths: live ? trace(live.scope, request).map((path) => toResult(path, locate)) : [nothingThere],
  }));
}

/** The paths of one call with words for people. */
export function explainedCall(engine: Engine, { id, ...request }: Call, locate: Locate): TracedCall {
  const [live] = scopesWithDocuments(engine);
  const places = (reasons: readonly Reason[]): readonly ToldPlace[] =>
    reasons.flatMap(({ words, origin }) => {
      const place = placeOf(origin, locate);
      return place ? [{ ...place, words }] : [];
    });
  const explained = ({ path, state, words, hops }: ExplainedWay): ResultPath => ({
    ...path,
    state,
    ...(words.advice !== undefined && { advice: words.advice }),
    hops: hops.map(({ hop, decisions, others }) => ({
      proxy: hop.proxy,
      decidedBy: places(decisions),
      alternatives: places(others),
    })),
  });
  return { id, paths: live ? explainTrace(live.scope, request).map(explained) : [nothingThere] };
}

const nothingThere: ResultPath = {
  outcome: 'not-evaluated',
  reason: 'there is no manifest to follow the request through',
  via: [],
  tls: [],
  weight: 0,
  hops: [],
};

function toResult({ hops, ...path }: TracedPath, locate: Locate): ResultPath {
  return {
    ...path,
    hops: hops.map(({ proxy, decidedBy }) => ({
      proxy,
      decidedBy: decidedBy.flatMap((it) => placeOf(it, locate) ?? []),
    })),
  };
}
