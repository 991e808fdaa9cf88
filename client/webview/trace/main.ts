import type { PlainPlace } from '../../../server/src/protocol';
import type { ToTracePage, TraceParams, TraceResult } from '../../../server/src/protocol/trace';
import { button, html, visible } from '../dom';
import '../style/base.css';
import '../style/details.css';
import '../style/trace.css';
import { count } from '../words';
import { type PageState, vscode } from './vscode-api';
import { drawWay, endingWords } from './way-view';

/** The page of a trace: a step for each proxy, links to the lines that decided, and how it ends. */
class Page {
  #state: PageState = vscode.getState() ?? {};
  readonly #title = html('h1');
  readonly #summary = html('p', { class: 'summary', role: 'status' });
  readonly #body = html('div', { class: 'ways' });

  start(): void {
    const other = button('Another request…', () => vscode.postMessage({ type: 'other-request' }));
    const header = html(
      'header',
      {},
      html('div', { class: 'titles' }, this.#title, this.#summary),
      html('div', { class: 'tools' }, other),
    );
    this.#title.textContent = 'Trace';
    document.querySelector('main')!.append(header, this.#body);
    window.addEventListener('message', ({ data }: MessageEvent<ToTracePage>) => this.#hear(data));
    this.#body.addEventListener('toggle', () => this.#remember(), { capture: true });
    this.#ask();
  }

  #hear(message: ToTracePage): void {
    if (message.type === 'trouble') {
      this.#summary.textContent = '';
      this.#body.replaceChildren(this.#trouble(message.message));
      return;
    }
    this.#keep({ params: message.params });
    this.#show(message.params, message.result);
  }

  #show({ call }: TraceParams, { url, scope, paths }: TraceResult): void {
    const { namespace, labels = {} } = call.from;
    const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
    this.#title.textContent = visible(url === '' ? 'Trace' : url);
    const parts = [
      `from ${namespace}${pairs.length > 0 ? ` (${pairs.join(', ')})` : ''}`,
      ...(paths.length > 1 ? [count(paths.length, 'way')] : []),
      [...new Set(paths.map(endingWords))].join(', '),
      ...(scope === '' ? [] : [`in ${scope}`]),
    ];
    this.#summary.textContent = visible(parts.join(' · '));
    const { scrollTop } = this.#body;
    const focused = this.#focused();
    const ways = paths.map((way, index) => {
      const share = way.weight > 0 && way.weight < 100 ? `${round(way.weight)} % of the requests` : '';
      const name =
        paths.length > 1 ? `Way ${index + 1}${share === '' ? '' : `: ${share}`}` : share || 'Every request';
      return drawWay(way, `way-${index}`, name, {
        reveal: (place) => this.#reveal(place),
        showInGraph: () => vscode.postMessage({ type: 'show-in-graph', way: index }),
      });
    });
    this.#body.replaceChildren(...ways);
    this.#restore();
    this.#body.scrollTop = scrollTop;
    this.#buttons()[focused]?.focus({ preventScroll: true });
  }

  #trouble(message: string): HTMLElement {
    return html(
      'div',
      { class: 'note' },
      html('h2', {}, 'There is no trace to show now'),
      html('p', {}, `${message}.`),
      html(
        'p',
        { class: 'actions' },
        button('Trace a request…', () => vscode.postMessage({ type: 'other-request' }), { class: 'primary' }),
        ...(this.#state.params ? [button('Try again', () => this.#ask())] : []),
      ),
    );
  }

  #reveal(place: PlainPlace): void {
    vscode.postMessage({ type: 'reveal', place });
  }

  #ask(): void {
    const { params } = this.#state;
    vscode.postMessage({ type: 'ask', ...(params && { params }) });
  }

  /** A page that is drawn anew keeps the focus where it was. */
  #focused(): number {
    return this.#buttons().indexOf(document.activeElement as HTMLElement);
  }

  #buttons(): HTMLElement[] {
    return [...this.#body.querySelectorAll<HTMLElement>('button, summary')];
  }

  #lists(): HTMLDetailsElement[] {
    return [...this.#body.querySelectorAll('details')];
  }

  #restore(): void {
    for (const it of this.#lists()) {
      it.open = isUsuallyOpen(it) !== (this.#state.turned?.includes(it.dataset.key ?? '') ?? false);
    }
  }

  #remember(): void {
    const turned = this.#lists().filter((it) => it.open !== isUsuallyOpen(it));
    this.#keep({ turned: turned.flatMap((it) => it.dataset.key ?? []) });
  }

  #keep(change: PageState): void {
    this.#state = { ...this.#state, ...change };
    vscode.setState(this.#state);
  }
}

const isUsuallyOpen = ({ dataset }: HTMLElement): boolean => dataset.usual === 'open';

const round = (share: number): number => Math.round(share * 10) / 10;

new Page().start();
