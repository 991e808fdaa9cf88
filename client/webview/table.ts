import type { GraphPicture, PictureRow, PlainPlace } from '../../server/src/protocol';
import { button, html } from './dom';
import { inlineSign } from './marks';
import { placeName, states, stateWords } from './words';

/** Every edge as a line, worst first. */
export function drawTable(picture: GraphPicture, reveal: (place: PlainPlace) => void): HTMLElement {
  const rows = [...picture.rows].sort(
    (a, b) =>
      states.indexOf(a.state) - states.indexOf(b.state) ||
      compare(a.toLabel, b.toLabel) ||
      compare(a.fromLabel, b.fromLabel),
  );
  const heads = ['State', 'From', 'To', 'Requests', 'Place', 'Why'];
  return html(
    'div',
    { class: 'table', role: 'region', 'aria-label': 'Table of connections', tabindex: 0 },
    html(
      'table',
      {},
      html('caption', { class: 'unseen' }, 'Connections, worst first'),
      html('thead', {}, html('tr', {}, ...heads.map((it) => html('th', { scope: 'col' }, it)))),
      html('tbody', {}, ...rows.map((it) => drawRow(it, reveal))),
    ),
  );
}

function drawRow(row: PictureRow, reveal: (place: PlainPlace) => void): HTMLTableRowElement {
  const { state, fromLabel, toLabel, requests, why, place } = row;
  const shown = requests.slice(0, 4);
  const more = requests.length - shown.length;
  return html(
    'tr',
    { class: state },
    html('td', { class: 'state' }, inlineSign(state), stateWords[state]),
    html('td', {}, fromLabel),
    html('td', {}, toLabel),
    html('td', {}, shown.join(', ') + (more > 0 ? ` and ${more} more` : '')),
    html('td', {}, ...(place ? [placeButton(place, reveal, `${fromLabel} → ${toLabel}`)] : [])),
    html('td', { class: 'why' }, ...why.map((it) => html('p', {}, it.message))),
  );
}

/** A button that goes to a line. `about` tells those apart that lead to lines of one name. */
export function placeButton(
  place: PlainPlace,
  reveal: (place: PlainPlace) => void,
  about?: string,
): HTMLButtonElement {
  const name = placeName(place);
  return button(name, () => reveal(place), {
    class: 'link',
    title: `Go to ${name}`,
    ...(about !== undefined && { 'aria-label': `${name}, ${about}` }),
  });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
