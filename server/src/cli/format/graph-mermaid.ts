import type { EdgeState, NodeKind } from '../../engine/graph/graph';
import { type DrawnScope, stateWords } from './drawn-scope';

const arrows: { readonly [state in EdgeState]: string } = {
  ok: '-->',
  bypass: '-.->',
  blocked: '-.-x',
  broken: '--x',
  'not-evaluated': '-.->',
};

const shapes: { readonly [kind in NodeKind]: readonly [string, string] } = {
  client: ['([', '])'],
  route: ['[', ']'],
  gateway: ['{{', '}}'],
  host: ['(', ')'],
};

/** A flowchart, as GitHub and many wikis draw it. */
export function graphMermaid(scopes: readonly DrawnScope[]): string {
  const lines = ['flowchart LR'];
  for (const [number, { name, graph }] of scopes.entries()) {
    const ids = new Map(graph.nodes.map((it, index) => [it.id, `n${number}_${index}`]));
    if (scopes.length > 1) {
      lines.push(`  subgraph s${number}["${label(name)}"]`);
    }
    for (const node of graph.nodes) {
      const [open, close] = shapes[node.kind];
      const second = node.kind === 'host' && node.detail !== '' ? `:${node.detail}` : '';
      lines.push(`  ${ids.get(node.id)}${open}"${label(node.label + second)}"${close}`);
    }
    for (const edge of graph.edges) {
      const word = stateWords[edge.state];
      const text = word === '' ? '' : `|"${label(word)}"|`;
      lines.push(`  ${ids.get(edge.from)} ${arrows[edge.state]}${text} ${ids.get(edge.to)}`);
    }
    if (scopes.length > 1) {
      lines.push('  end');
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Mermaid reads quotes, brackets, HTML and Markdown inside of labels: everything unusual goes in by its number. */
function label(text: string): string {
  const plain = text.replace(/\s+/gu, ' ');
  return plain.replace(/[^\w .,:/*-]/gu, (it) => `#${it.codePointAt(0)};`);
}
