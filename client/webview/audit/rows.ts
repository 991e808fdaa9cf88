import type { PlainPlace } from '../../../server/src/protocol';
import type { AuditReport, AuditReportRow } from '../../../server/src/protocol/audit';
import type { TraceCall } from '../../../server/src/protocol/trace';
import { button, html } from '../dom';
import { inlineSign } from '../marks';
import { placeButton } from '../table';
import { count } from '../words';
import { clientName, hostName, portName, stateOf, verdictTitles, verdictWords } from './words';

export interface RowActions {
  reveal(place: PlainPlace): void;
  trace(call: TraceCall): void;
  showMore(): void;
}

/** Longer lists of names and places are told by their number. */
const most = { clients: 4, places: 2 };

/** A line for each destination and each way it ends. */
export function drawRows({ rows, matching }: AuditReport, actions: RowActions): HTMLElement {
  const heads = ['Verdict', 'Host', 'Port', 'From', 'Why', 'Decided by'];
  const rest = matching - rows.length;
  return html(
    'section',
    { 'aria-label': 'Ways out' },
    html(
      'table',
      {},
      html('caption', { class: 'unseen' }, 'Ways out, those round the gateway first'),
      html('thead', {}, html('tr', {}, ...heads.map((it) => html('th', { scope: 'col' }, it)))),
      html('tbody', {}, ...rows.map((it) => drawRow(it, actions))),
    ),
    ...(rest > 0 ? [html('p', { class: 'more' }, button(`Show more (${rest})`, actions.showMore))] : []),
  );
}

function drawRow(row: AuditReportRow, { reveal, trace }: RowActions): HTMLTableRowElement {
  const { verdict, host, port, protocol, from, reason, places, call } = row;
  const state = stateOf[verdict];
  const what = `${hostName(host)} ${portName(port, protocol)}`;
  const lines = places.slice(0, most.places).map((it) => html('li', {}, placeButton(it, reveal, what)));
  const rest = places.length - lines.length;
  return html(
    'tr',
    { class: state },
    html('td', { class: 'state', title: verdictTitles[verdict] }, inlineSign(state), verdictWords[verdict]),
    html('td', { class: 'host' }, hostName(host)),
    html('td', { class: 'port' }, portName(port, protocol)),
    html('td', { class: 'from', title: from.map(clientName).join(', ') }, clientsIn(from)),
    html('td', { class: 'why' }, `${reason} `, ...(call ? [traceButton(what, () => trace(call))] : [])),
    html(
      'td',
      { class: 'places' },
      ...(lines.length > 0 ? [html('ul', {}, ...lines)] : []),
      ...(rest > 0 ? [html('span', { class: 'rest' }, `and ${rest} more`)] : []),
    ),
  );
}

function traceButton(what: string, run: () => void): HTMLElement {
  const title = 'Follow such a request through every proxy';
  return button('Trace', run, { class: 'link', title, 'aria-label': `Trace ${what}` });
}

function clientsIn(from: readonly string[]): string {
  const shown = from.slice(0, most.clients).map(clientName).join(', ');
  const rest = from.length - most.clients;
  return rest > 0 ? `${shown} and ${count(rest, 'other')}` : shown;
}
