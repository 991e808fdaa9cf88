import type { GraphPicture } from '../../server/src/protocol';
import { button, html, visible } from './dom';
import { filterField } from './filter';
import type { PageState } from './vscode-api';
import { count, hostsIn, states, stateWords } from './words';

export interface ToolbarEvents {
  filtered(text: string): void;
  changed(change: Partial<Pick<PageState, 'view' | 'follow'>>): void;
  extended(extent: 'scope' | 'file'): void;
  zoomed(how: 'in' | 'out' | 'width' | 'all'): void;
  closedGroups(): void;
}

/** What stands above the picture. It is made once, so that nobody loses the focus while typing. */
export class Toolbar {
  readonly root: HTMLElement;
  readonly #title = html('h1');
  readonly #summary = html('p', { class: 'summary', role: 'status' });
  readonly #filter: HTMLInputElement;
  readonly #view: Choice<'graph' | 'table'>;
  readonly #extent: Choice<'scope' | 'file'>;
  readonly #follow: HTMLButtonElement;
  readonly #groups: HTMLButtonElement;
  readonly #zoom: HTMLElement;

  constructor(events: ToolbarEvents) {
    this.#view = new Choice('Show as', { graph: 'Graph', table: 'Table' }, (view) =>
      events.changed({ view }),
    );
    this.#extent = new Choice('Extent', { scope: 'Whole scope', file: 'This file' }, events.extended);
    this.#follow = button('Follow editor', () => events.changed({ follow: !isPressed(this.#follow) }), {
      title: 'Show the graph of the editor in front',
    });
    this.#groups = button('Close groups', events.closedGroups);
    this.#zoom = zoomButtons(events);
    this.#filter = filterField('Filter hosts, routes, states', events.filtered);
    this.root = html(
      'header',
      {},
      html('div', { class: 'titles' }, this.#title, this.#summary),
      html(
        'div',
        { class: 'tools' },
        this.#filter,
        this.#extent.root,
        this.#view.root,
        this.#zoom,
        this.#follow,
        this.#groups,
      ),
    );
  }

  show({ choice, follow, view }: PageState, picture: GraphPicture | undefined): void {
    const scope = picture?.scope ?? '';
    this.#title.textContent = scope === '' ? 'Egress graph' : visible(`Egress of ${scope}`);
    const summary = picture ? summaryOf(picture) : '';
    if (this.#summary.textContent !== summary) {
      this.#summary.textContent = summary;
    }
    // The page itself says it in large letters then.
    this.#summary.classList.toggle('unseen', picture?.empty !== undefined);
    if (document.activeElement !== this.#filter) {
      this.#filter.value = choice.filter ?? '';
    }
    this.#view.show(view);
    this.#extent.show(choice.extent);
    this.#follow.setAttribute('aria-pressed', String(follow));
    this.#groups.hidden = (choice.expanded ?? []).length === 0;
    this.#zoom.hidden = view === 'table' || picture?.empty !== undefined;
  }

  clearFilter(): void {
    this.#filter.value = '';
  }
}

/** Two buttons of which one is pressed. */
class Choice<Name extends string> {
  readonly root: HTMLElement;
  readonly #buttons: ReadonlyMap<Name, HTMLButtonElement>;

  constructor(label: string, names: { readonly [name in Name]: string }, chosen: (name: Name) => void) {
    const entries = Object.entries(names) as [Name, string][];
    this.#buttons = new Map(entries.map(([name, text]) => [name, button(text, () => chosen(name))]));
    this.root = html(
      'div',
      { class: 'choice', role: 'group', 'aria-label': label },
      ...this.#buttons.values(),
    );
  }

  show(chosen: Name): void {
    this.#buttons.forEach((it, name) => void it.setAttribute('aria-pressed', String(name === chosen)));
  }
}

const isPressed = (it: HTMLElement): boolean => it.getAttribute('aria-pressed') === 'true';

function zoomButtons({ zoomed }: ToolbarEvents): HTMLElement {
  return html(
    'div',
    { class: 'choice', role: 'group', 'aria-label': 'Zoom' },
    button('−', () => zoomed('out'), { 'aria-label': 'Zoom out', title: 'Zoom out (-)' }),
    button('+', () => zoomed('in'), { 'aria-label': 'Zoom in', title: 'Zoom in (+)' }),
    button('Fit width', () => zoomed('width'), { title: 'Fit the width of the page (0)' }),
    button('Fit all', () => zoomed('all'), { title: 'See everything at once' }),
  );
}

function summaryOf({ rows, nodes, empty }: GraphPicture): string {
  if (empty) {
    return empty.title;
  }
  const parts = states
    .filter((state) => state !== 'ok')
    .map((state) => [state, rows.filter((it) => it.state === state).length] as const)
    .filter(([, number]) => number > 0)
    .map(([state, number]) => `${number} ${stateWords[state]}`);
  return [count(hostsIn(nodes), 'host'), ...(parts.length > 0 ? parts : ['all as intended'])].join(' · ');
}
