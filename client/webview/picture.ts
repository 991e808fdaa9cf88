import type { GraphPicture, PictureEdge, PictureNode } from '../../server/src/protocol';
import { svg } from './dom';
import { fitted, widthOf } from './ellipsis';
import { endOf, laneSign, signOf } from './marks';
import {
  count,
  edgeTitle,
  hostsIn,
  laneTitles,
  linesOf,
  portsOf,
  states,
  stateWords,
  titleOf,
} from './words';

/** A picture in SVG; its nodes and edges by their ids. */
export interface Drawing {
  readonly root: SVGSVGElement;
  readonly heads: SVGSVGElement;
  readonly items: ReadonlyMap<string, SVGGElement>;
}

export const headHeight = 34;
const padding = 12;

/** Fonts as the style sheet has them, to measure what fits. */
interface Fonts {
  readonly label: string;
  readonly detail: string;
}

export function draw(picture: GraphPicture): Drawing {
  const fonts = fontsOf(document.body);
  const crowd = new Map<string, number>();
  picture.edges.forEach(({ to }) => void crowd.set(to, (crowd.get(to) ?? 0) + 1));
  // What is wrong lies above what is right.
  const edges = [...picture.edges].sort((a, b) => states.indexOf(b.state) - states.indexOf(a.state));
  const items = new Map<string, SVGGElement>([
    ...edges.map((it): [string, SVGGElement] => [it.id, drawEdge(picture, it, crowd.get(it.to)! > 3, fonts)]),
    ...picture.nodes.map((it): [string, SVGGElement] => [it.id, drawNode(it, fonts)]),
  ]);
  const root = svg(
    'svg',
    {
      class: 'picture',
      viewBox: `0 0 ${picture.width} ${picture.height}`,
      role: 'group',
      'aria-label': `Egress graph with ${count(hostsIn(picture.nodes), 'host')}. Arrow keys move, Enter goes to the line`,
    },
    ...items.values(),
  );
  return { root, heads: drawHeads(picture), items };
}

function fontsOf(element: Element): Fonts {
  const { fontFamily } = getComputedStyle(element);
  return { label: `13px ${fontFamily}`, detail: `11px ${fontFamily}` };
}

function drawHeads({ lanes, width }: GraphPicture): SVGSVGElement {
  return svg(
    'svg',
    { class: 'heads', viewBox: `0 0 ${width} ${headHeight}`, 'aria-hidden': 'true' },
    ...lanes.flatMap(({ kind, x }) => [
      laneSign(kind, x + padding + 5, headHeight / 2),
      svg('text', { x: x + padding + 20, y: headHeight / 2, class: 'head' }, laneTitles[kind]),
    ]),
  );
}

/** An item takes the focus only through the keys that move it, so that Tab leads out of the picture. */
const item = (id: string, kind: string) => ({
  class: kind,
  'data-id': id,
  role: 'button',
  tabindex: -1,
});

function drawNode(node: PictureNode, fonts: Fonts): SVGGElement {
  const { id, kind, x, y, width, height, members } = node;
  const middle = y + height / 2;
  const radius = kind === 'client' ? height / 2 : kind === 'host' ? 12 : 3;
  const inside = width - 2 * padding - (members === undefined ? 0 : 14);
  const [first, second] = linesOf(node);
  const box = { x, y, width, height, rx: radius };
  return svg(
    'g',
    item(id, `node ${kind}`),
    svg('title', {}, titleOf(node)),
    svg('rect', {
      class: 'ring',
      ...box,
      x: x - 4,
      y: y - 4,
      width: width + 8,
      height: height + 8,
      rx: radius + 4,
    }),
    ...(members === undefined ? [] : [svg('rect', { class: 'box', ...box, x: x + 4, y: y + 4 })]),
    svg('rect', { class: 'box', ...box }),
    ...(kind === 'gateway' ? [svg('path', { class: 'wall', d: walls(node) })] : []),
    ...(members === undefined ? [] : [svg('path', { class: 'opener', d: opener(x + width - 16, middle) })]),
    svg('text', { class: 'label', x: x + padding, y: middle - 8 }, fitted(first, inside, fonts.label)),
    svg('text', { class: 'detail', x: x + padding, y: middle + 9 }, fitted(second, inside, fonts.detail)),
  );
}

/** A gateway has a wall on either side. */
const walls = ({ x, y, width, height }: PictureNode): string =>
  `M${x + 3.5} ${y + 1}v${height - 2}M${x + width - 3.5} ${y + 1}v${height - 2}`;

const opener = (x: number, y: number): string => `M${x - 2} ${y - 4}l4 4-4 4`;

function drawEdge(picture: GraphPicture, edge: PictureEdge, crowded: boolean, fonts: Fonts): SVGGElement {
  const { id, state, path } = edge;
  return svg(
    'g',
    item(id, `edge ${state}`),
    svg('title', {}, edgeTitle(picture, edge)),
    svg('path', { class: 'reach', d: path }),
    svg('path', { class: 'halo', d: path }),
    svg('path', { class: 'line', d: path, 'marker-end': `url(#${endOf(state)})` }),
    ...badge(picture, edge, crowded, fonts),
  );
}

/** Ports where requests arrive at a host, and the state in a word where it is not as it should be. */
function badge(picture: GraphPicture, edge: PictureEdge, crowded: boolean, fonts: Fonts): SVGElement[] {
  const { state, requests, end, to } = edge;
  const node = picture.nodes.find((it) => it.id === to);
  const ports = node?.kind === 'host' ? portsOf(requests) : [];
  const shown = ports.length > 2 ? [ports[0], '…'] : ports;
  // Only before hosts is there room for words.
  const word = state === 'ok' || crowded || node?.kind !== 'host' ? '' : stateWords[state];
  const text = [shown.join(', '), word].filter((it) => it !== '').join(' ');
  const sign = state === 'ok' ? 0 : 16;
  const gap = text === '' ? 0 : 5;
  if (text === '' && sign === 0) {
    return [];
  }
  const width = sign + 2 * gap + (text === '' ? 2 : widthOf(text, fonts.detail));
  const left = end.x - 16 - width;
  return [
    svg('rect', { class: 'badge', x: left, y: end.y - 8.5, width, height: 17, rx: 8.5 }),
    ...(sign > 0 ? [signOf(state, left + 9, end.y)] : []),
    svg('text', { class: 'word', x: left + sign + gap, y: end.y }, text),
  ];
}
