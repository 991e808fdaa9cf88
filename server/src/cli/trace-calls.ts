import type { Engine } from '../engine/engine';
import type { Range } from '../engine/text/line-index';
import type { Request, TracedPath } from '../engine/traffic/request';
import { trace } from '../engine/traffic/trace';
import type { LiveScope } from '../engine/workspace/workspace';
import type { Locate } from './result';

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
  readonly hops: readonly ResultHop[];
}

export interface ResultHop {
  readonly proxy: string;
  readonly decidedBy: readonly { readonly file: string; readonly range: Range }[];
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
      decidedBy: decidedBy.flatMap(
        ({ resource, path: steps }) => locate(resource.slot, [...resource.base, ...steps]) ?? [],
      ),
    })),
  };
}
