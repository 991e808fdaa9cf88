import { edgePath } from '../../engine/graph/edge-path';
import type { EdgeState } from '../../engine/graph/graph';
import { type Layout, layout, type PlacedEdge, type PlacedNode } from '../../engine/graph/layout';
import { type DrawnScope, laneTitles, stateWords } from './drawn-scope';

const styles: { readonly [state in EdgeState]: { readonly dash: string; readonly sign: string } } = {
  ok: { dash: 'none', sign: '' },
  bypass: { dash: '10 4', sign: '↷' },
  blocked: { dash: '2 4', sign: '⊘' },
  broken: { dash: '5 4', sign: '✕' },
  'not-evaluated': { dash: '1 6', sign: '?' },
};

/** Follows the viewer's light or dark scheme; nothing is loaded from anywhere. */
const style = `text{font:13px sans-serif;fill:#1f2328}.lane{font-weight:bold}.detail{font-size:11px;fill:#59636e}
rect{fill:#fff;stroke:#59636e}path{fill:none;stroke:#59636e;stroke-width:1.5}
.bypass{stroke:#9a6700}.blocked{stroke:#8250df}.broken{stroke:#cf222e}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.detail{fill:#9198a1}rect{fill:#151b23;stroke:#9198a1}
path{stroke:#9198a1}.bypass{stroke:#d29922}.blocked{stroke:#ab7df8}.broken{stroke:#f85149}}`;

const heading = 60;

/** One picture, scopes below each other. */
export function graphSvg(scopes: readonly DrawnScope[]): string {
  const placed = scopes.map(({ name, graph }) => ({ name, picture: layout(graph) }));
  const width = Math.max(320, ...placed.map(({ picture }) => picture.width));
  const parts: string[] = [];
  let top = 0;
  for (const { name, picture } of placed) {
    parts.push(`<g transform="translate(0 ${top})">${body(name, picture)}</g>`);
    top += picture.height + heading;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${Math.max(top, 40)}" role="img">
<title>Egress graph</title>
<style>${style}</style>
${parts.join('\n')}
</svg>
`;
}

function body(name: string, { lanes, nodes, edges }: Layout): string {
  return [
    `<text x="20" y="20" class="lane">${escaped(name)}</text>`,
    ...lanes.map(({ kind, x }) => `<text x="${x}" y="44" class="detail">${laneTitles[kind]}</text>`),
    `<g transform="translate(0 ${heading - 20})">`,
    ...edges.map(edge),
    ...nodes.map(node),
    '</g>',
  ].join('\n');
}

function edge({ state, reason, points }: PlacedEdge): string {
  const why = reason ?? stateWords[state];
  const { dash, sign } = styles[state];
  const line = `<path class="${state}" stroke-dasharray="${dash}" d="${edgePath(points)}"/>`;
  const told = `${sign} ${stateWords[state]}`.trim();
  const { x, y } = points.at(-1)!;
  const text =
    told === '' ? '' : `<text class="detail" x="${x - 8}" y="${y - 6}" text-anchor="end">${told}</text>`;
  return `<g>${why === '' ? '' : `<title>${escaped(why)}</title>`}${line}${text}</g>`;
}

function node({ x, y, width, height, label, detail }: PlacedNode): string {
  return `<g><title>${escaped(label)}</title><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4"/>
<text x="${x + 10}" y="${y + 19}">${escaped(cut(label, 25))}</text>
<text class="detail" x="${x + 10}" y="${y + 35}">${escaped(cut(detail, 30))}</text></g>`;
}

function cut(text: string, length: number): string {
  const letters = [...text];
  return letters.length <= length ? text : `${letters.slice(0, length - 1).join('')}…`;
}

/** As text and nothing else; what XML cannot hold, or a terminal would obey, is shown as unreadable. */
function escaped(text: string): string {
  const entities: { readonly [letter: string]: string } = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text
    .replace(
      /[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]|[\u007f-\u009f\p{Bidi_Control}]/gu,
      '\uFFFD',
    )
    .replace(/[&<>"]/g, (it) => entities[it]!);
}
