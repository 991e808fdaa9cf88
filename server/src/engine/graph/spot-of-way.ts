import { compareSpecificity, hostsOverlap } from '../mesh/hosts';
import type { Request, TracedPath } from '../traffic/request';
import { stationsOf } from './draw-way';
import { edgeId, type Graph } from './graph';
import type { GraphSpot } from './spot';

/** What a graph draws of one way of a request. It draws requests that are expected, so this may be little. */
export function spotOfWay({ nodes, edges }: Graph, request: Request, path: TracedPath): GraphSpot {
  const hosts = nodes.filter((it) => it.kind === 'host' && hostsOverlap(it.label, request.host));
  const [host] = hosts.toSorted((a, b) => compareSpecificity(a.label, b.label));
  const stations = [...stationsOf(request, path), ...(host ? [host.id] : [])];
  const drawn = new Set(nodes.map((it) => it.id));
  const ways = new Set(stations.map((it, index) => edgeId(stations[index - 1] ?? '', it)));
  return {
    nodes: stations.filter((it) => drawn.has(it)),
    edges: edges.flatMap((it) => (ways.has(it.id) ? [it.id] : [])),
  };
}
