import { type EdgeState, lanes, type NodeKind } from '../../engine/graph/graph';
import { type DrawnScope, stateWords } from './drawn-scope';

const styles: { readonly [state in EdgeState]: string } = {
  ok: 'solid',
  bypass: 'dashed',
  blocked: 'dotted',
  broken: 'bold',
  'not-evaluated': 'dotted',
};

const shapes: { readonly [kind in NodeKind]: string } = {
  client: 'ellipse',
  route: 'box',
  gateway: 'hexagon',
  host: 'component',
};

/** For Graphviz. */
export function graphDot(scopes: readonly DrawnScope[]): string {
  const lines = ['digraph egress {', '  rankdir=LR;', '  node [fontname="sans-serif"];'];
  for (const [number, scope] of scopes.entries()) {
    lines.push(...(scopes.length > 1 ? cluster(scope, number) : body(scope, number, '  ')));
  }
  return `${[...lines, '}'].join('\n')}\n`;
}

function cluster(scope: DrawnScope, number: number): string[] {
  return [
    `  subgraph cluster_${number} {`,
    `    label=${quoted(scope.name)};`,
    ...body(scope, number, '    '),
    '  }',
  ];
}

function body({ graph }: DrawnScope, number: number, indent: string): string[] {
  const ids = new Map(graph.nodes.map((it, index) => [it.id, `n${number}_${index}`]));
  return [
    ...graph.nodes.map(({ id, kind, label, detail }) => {
      const text = kind === 'host' && detail !== '' ? `${label}:${detail}` : label;
      return `${indent}${ids.get(id)} [shape=${shapes[kind]}, label=${quoted(text)}];`;
    }),
    ...lanes.flatMap((kind) => {
      const lane = graph.nodes.filter((it) => it.kind === kind).map((it) => ids.get(it.id));
      return lane.length > 1 ? [`${indent}{ rank=same; ${lane.join('; ')}; }`] : [];
    }),
    ...graph.edges.map(({ from, to, state, reason }) => {
      const word = stateWords[state];
      const told = word === '' ? '' : `, label=${quoted(word)}`;
      const why = reason === undefined ? '' : `, tooltip=${quoted(reason)}`;
      return `${indent}${ids.get(from)} -> ${ids.get(to)} [style=${styles[state]}${told}${why}];`;
    }),
  ];
}

/** A quoted string of Graphviz, in which a backslash starts its own escapes. */
function quoted(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]+/gu, ' ');
  return `"${plain.replace(/["\\]/g, '\\$&')}"`;
}
