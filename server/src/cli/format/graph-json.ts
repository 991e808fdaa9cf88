import type { GraphEdge, GraphNode } from '../../engine/graph/graph';
import { printableJson } from '../../engine/text/printable';
import { placeOf } from '../result';
import { type DrawnScope, idsIn } from './drawn-scope';

/** The public shape: fields may be added, none changes its meaning. */
export function graphJson(scopes: readonly DrawnScope[]): string {
  const nodes = scopes.flatMap((scope) => {
    const id = idsIn(scopes, scope);
    return scope.graph.nodes.map((it) => nodeOf(scope, it, id));
  });
  const edges = scopes.flatMap((scope) => {
    const id = idsIn(scopes, scope);
    return scope.graph.edges.map((it) => edgeOf(scope, it, id));
  });
  return `${printableJson({ nodes, edges })}\n`;
}

function nodeOf(scope: DrawnScope, node: GraphNode, id: (id: string) => string): object {
  return {
    id: id(node.id),
    kind: node.kind,
    label: node.label,
    detail: node.detail,
    scope: scope.name,
    ...placeOf(node.origin, scope.locate),
  };
}

function edgeOf(scope: DrawnScope, edge: GraphEdge, id: (id: string) => string): object {
  return {
    from: id(edge.from),
    to: id(edge.to),
    state: edge.state,
    ...(edge.reason !== undefined && { reason: edge.reason }),
    requests: edge.requests,
    findings: edge.findings.map(({ code, severity, message }) => ({ code, severity, message })),
    ...placeOf(edge.origin, scope.locate),
  };
}
