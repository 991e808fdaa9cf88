import type {
  GraphPicture,
  PictureEdge,
  PictureNode,
  PictureReason,
  PlainPlace,
} from '../../server/src/protocol';
import { button, html } from './dom';
import { inlineSign } from './marks';
import { placeButton } from './table';
import { count, laneTitles, linesOf, stateTitles, stateWords } from './words';

interface Actions {
  reveal(place: PlainPlace): void;
  close(): void;
  open(id: string): void;
}

/** Everything about one node or edge. */
export function drawDetails(picture: GraphPicture, id: string, actions: Actions): HTMLElement | undefined {
  const node = picture.nodes.find((it) => it.id === id);
  const edge = picture.edges.find((it) => it.id === id);
  const content = node ? nodeDetails(picture, node, actions) : edge && edgeDetails(picture, edge, actions);
  return (
    content &&
    html(
      'section',
      { class: 'details', 'aria-label': 'Details', tabindex: 0 },
      button('✕', actions.close, { class: 'close', 'aria-label': 'Close details', title: 'Close details' }),
      ...content,
    )
  );
}

function nodeDetails(picture: GraphPicture, node: PictureNode, actions: Actions): HTMLElement[] {
  const { id, kind, place, members } = node;
  const [first, second] = linesOf(node);
  const own = picture.edges.filter((it) => it.from === id || it.to === id);
  const wrong = own.filter((it) => it.state !== 'ok');
  const where = place ? [placeButton(place, actions.reveal)] : [];
  const opener = members === undefined ? [] : [button('Open the group', () => actions.open(id))];
  return [
    html('h2', {}, first),
    html('p', { class: 'facts' }, html('span', {}, `${laneTitles[kind]} · ${second}`), ...where, ...opener),
    ...reasons(
      wrong.flatMap((it) => it.why),
      actions,
    ),
  ];
}

function edgeDetails(picture: GraphPicture, edge: PictureEdge, actions: Actions): HTMLElement[] {
  const { state, requests, why, place } = edge;
  const label = (id: string): string => picture.nodes.find((it) => it.id === id)?.label ?? '';
  const shown = requests.slice(0, 6);
  const more = requests.length - shown.length;
  return [
    html('h2', {}, inlineSign(state), `${label(edge.from)} → ${label(edge.to)}`),
    html(
      'p',
      { class: 'facts' },
      html('span', { title: stateTitles[state] }, stateWords[state]),
      ...(requests.length > 0
        ? [html('span', {}, `${shown.join(', ')}${more > 0 ? ` and ${count(more, 'more', 'more')}` : ''}`)]
        : []),
      ...(place ? [placeButton(place, actions.reveal)] : []),
    ),
    ...reasons(why, actions, place),
  ];
}

/** Many nodes may suffer from one cause, which is told once. */
function reasons(why: readonly PictureReason[], { reveal }: Actions, told?: PlainPlace): HTMLElement[] {
  const causes = [...new Map(why.map((it) => [it.message, it])).values()];
  if (causes.length === 0) {
    return [];
  }
  const lines = causes.map(({ message, code, place }) =>
    html(
      'li',
      {},
      html('span', {}, message),
      ...(code === undefined ? [] : [html('code', {}, code)]),
      ...(place && !isSame(place, told) ? [placeButton(place, reveal, code)] : []),
    ),
  );
  return [html('ul', {}, ...lines)];
}

const isSame = (a: PlainPlace, b: PlainPlace | undefined): boolean =>
  a.uri === b?.uri && a.range.start.line === b.range.start.line;
