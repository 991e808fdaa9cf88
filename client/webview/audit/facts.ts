import type { PlainPlace } from '../../../server/src/protocol';
import type { AuditFact, AuditReport } from '../../../server/src/protocol/audit';
import { html } from '../dom';
import { inlineSign } from '../marks';
import { placeButton } from '../table';
import { factStates } from './words';

/** More places of one fact are found in the files by their names. */
const mostPlaces = 5;

/** What the verdicts rest on: what keeps requests from going round, and what nobody may conclude. */
export function drawFacts(
  { enforcement, limits }: AuditReport,
  reveal: (place: PlainPlace) => void,
): readonly HTMLElement[] {
  return [
    section(
      'enforcement',
      'What keeps requests from going round the gateway',
      enforcement.map((it) => drawFact(it, reveal)),
    ),
    section(
      'limits',
      'What this does not prove',
      limits.map((it) => html('li', {}, it)),
    ),
  ];
}

function section(id: string, title: string, lines: readonly HTMLElement[]): HTMLElement {
  const heading = `${id}-title`;
  return html(
    'section',
    { class: `facts-of ${id}`, 'aria-labelledby': heading },
    html('h2', { id: heading }, title),
    html('ul', {}, ...lines),
  );
}

function drawFact({ state, text, places }: AuditFact, reveal: (place: PlainPlace) => void): HTMLElement {
  const look = factStates[state];
  return html(
    'li',
    { class: look },
    html('span', { class: 'fact-state' }, inlineSign(look), state),
    html(
      'span',
      { class: 'fact-text' },
      text,
      ' ',
      ...places.slice(0, mostPlaces).map((it) => placeButton(it, reveal, state)),
    ),
  );
}
