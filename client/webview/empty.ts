import type { GraphPicture } from '../../server/src/protocol';
import { button, html } from './dom';
import type { PageState } from './vscode-api';

interface Ways {
  clearFilter(): void;
  showScope(): void;
  newRoute(): void;
  again(): void;
}

/** Why there is nothing to see, and what to do next. */
export function drawEmpty(
  { title, advice }: NonNullable<GraphPicture['empty']>,
  { choice }: PageState,
  ways: Ways,
): HTMLElement {
  const actions =
    (choice.filter ?? '') !== ''
      ? [button('Clear the filter', ways.clearFilter, { class: 'primary' })]
      : [
          button('New Egress Route…', ways.newRoute, { class: 'primary' }),
          ...(choice.extent === 'file' ? [button('Show the whole scope', ways.showScope)] : []),
        ];
  return note(title, advice, actions);
}

/** The server could not answer. */
export function drawTrouble(message: string, { again }: Ways): HTMLElement {
  return note('The graph cannot be drawn now', message, [button('Try again', again, { class: 'primary' })]);
}

function note(title: string, advice: string, actions: readonly HTMLElement[]): HTMLElement {
  return html(
    'div',
    { class: 'note' },
    html('h2', {}, title),
    html('p', {}, `${advice}.`),
    html('p', { class: 'actions' }, ...actions),
  );
}
