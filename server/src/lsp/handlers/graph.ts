import type { Engine } from '../../engine/engine';
import { graphOf, whyEmpty } from '../../engine/engine-graph';
import { edgePath } from '../../engine/graph/edge-path';
import type { Graph, GraphEdge } from '../../engine/graph/graph';
import { group } from '../../engine/graph/group';
import { layout, type PlacedEdge, type PlacedNode } from '../../engine/graph/layout';
import { select } from '../../engine/graph/select';
import { spotIn, spotInGroups } from '../../engine/graph/spot';
import { spotOfWay } from '../../engine/graph/spot-of-way';
import { entryAt } from '../../engine/source/entry-at';
import { requestTrouble } from '../../engine/traffic/read-request';
import { trace } from '../../engine/traffic/trace';
import type { LiveScope } from '../../engine/workspace/workspace';
import {
  type GraphParams,
  type GraphPicture,
  type GraphSpotParams,
  type GraphSpotResult,
  graphRequest,
  graphSpotRequest,
  type PictureEdge,
  type PictureNode,
  type PictureReason,
  type PictureRow,
} from '../../protocol';
import { type GraphWayParams, graphWayRequest } from '../../protocol/trace';
import type { Shell } from '../shell';
import { pathAt } from './path-at';
import { placeOf, placer, type ToPlace } from './places';

export function registerGraph(shell: Shell): void {
  const { connection } = shell;
  connection.onRequest(graphRequest, (params: GraphParams): GraphPicture => {
    shell.flush();
    shell.announce();
    return pictureOf(shell, params);
  });

  connection.onRequest(graphWayRequest, (params: GraphWayParams): GraphSpotResult => {
    shell.flush();
    return wayIn(shell, params);
  });

  connection.onRequest(graphSpotRequest, (params: GraphSpotParams): GraphSpotResult => {
    shell.flush();
    const { engine } = shell.projects.of(params.uri);
    const [live] = engine.scopesOf(params.uri);
    const found = live && standsAt(shell, engine, params.at);
    if (!found) {
      return { nodes: [], edges: [] };
    }
    const { whole, grouped } = shown(engine, live, params);
    return spotInGroups(spotIn(whole, found.slot, found.path), whole, grouped);
  });
}

function wayIn(shell: Shell, params: GraphWayParams): GraphSpotResult {
  const { engine } = shell.projects.of(params.uri);
  const [live] = engine.scopesOf(params.uri);
  const path =
    live && requestTrouble(params.call) === undefined
      ? trace(live.scope, params.call)[params.way]
      : undefined;
  if (!live || !path) {
    return { nodes: [], edges: [] };
  }
  const { whole, grouped } = shown(engine, live, params);
  return spotInGroups(spotOfWay(whole, params.call, path), whole, grouped);
}

function pictureOf(shell: Shell, params: GraphParams): GraphPicture {
  const { engine } = shell.projects.of(params.uri);
  const [live] = engine.scopesOf(params.uri);
  const { whole, grouped } = live ? shown(engine, live, params) : nothing;
  const picture = layout(grouped);
  const toPlace = placer(shell, engine);
  const labels = new Map(whole.nodes.map((it) => [it.id, it.label]));
  return {
    scope: live?.plan.name ?? '',
    width: picture.width,
    height: picture.height,
    lanes: picture.lanes,
    nodes: picture.nodes.map((it) => toNode(it, toPlace)),
    edges: picture.edges.map((it) => toEdge(it, toPlace)),
    rows: whole.edges.map((it): PictureRow => {
      return { ...edgeOf(it, toPlace), fromLabel: labels.get(it.from)!, toLabel: labels.get(it.to)! };
    }),
    ...(whole.nodes.length === 0 && {
      empty: whyEmpty(engine, live, { ...params, filtered: isFiltered(engine, live, params) }),
    }),
  };
}

const nothing = { whole: { nodes: [], edges: [] }, grouped: { nodes: [], edges: [] } };

function shown(engine: Engine, live: LiveScope, params: GraphParams): { whole: Graph; grouped: Graph } {
  const { uri, extent, filter = '', expanded = [] } = params;
  const whole = select(graphOf(engine, live, extent === 'file' ? uri : undefined), filter);
  return { whole, grouped: group(whole, new Set(expanded)) };
}

/** Whether it is the filter that leaves nothing. */
function isFiltered(engine: Engine, live: LiveScope | undefined, params: GraphParams): boolean {
  const { filter: _, ...unfiltered } = params;
  return (
    live !== undefined &&
    params.filter !== undefined &&
    shown(engine, live, unfiltered).whole.nodes.length > 0
  );
}

function standsAt(shell: Shell, engine: Engine, { uri, position }: GraphSpotParams['at']) {
  const file = engine.file(uri);
  const offset = shell.documents.get(uri)?.offsetAt(position);
  const found = file && offset !== undefined ? entryAt(file, offset) : undefined;
  return (
    found && {
      slot: found.entry.slot,
      path: pathAt(found.entry.document.yaml.root, found.offset),
    }
  );
}

function toNode({ origin, members, ...node }: PlacedNode, toPlace: ToPlace): PictureNode {
  return { ...node, ...placeOf(origin, toPlace), ...(members && { members: members.length }) };
}

function toEdge(edge: PlacedEdge, toPlace: ToPlace): PictureEdge {
  return { ...edgeOf(edge, toPlace), path: edgePath(edge.points), end: edge.points.at(-1)! };
}

function edgeOf(edge: GraphEdge, toPlace: ToPlace): Omit<PictureRow, 'fromLabel' | 'toLabel'> {
  const { id, from, to, state, requests, findings, reason, origin } = edge;
  const why = findings.map(({ message, code, slot, at }): PictureReason => {
    const place = toPlace(slot, at);
    return { message, code, ...(place && { place }) };
  });
  const untold = reason !== undefined && !why.some((it) => it.message === reason);
  return {
    id,
    from,
    to,
    state,
    requests,
    why: untold ? [{ message: reason, ...placeOf(origin, toPlace) }, ...why] : why,
    ...placeOf(origin, toPlace),
  };
}
