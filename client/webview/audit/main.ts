import type { PlainPlace } from '../../../server/src/protocol';
import type { AuditChoice, AuditReport, AuditVerdict, ToAuditPage } from '../../../server/src/protocol/audit';
import { button, html, visible } from '../dom';
import '../style/base.css';
import '../style/details.css';
import '../style/audit.css';
import { drawFacts } from './facts';
import { drawRows } from './rows';
import { AuditTools } from './tools';
import { type PageState, vscode } from './vscode-api';
import { verdicts, verdictWords } from './words';

/** Rows that come with one click more. */
const step = 500;

/** The page of an audit: a row for each way out, what they rest on, and links to the lines that decided. */
class Page {
  #state: PageState = vscode.getState() ?? { choice: {} };
  #report: AuditReport | undefined;
  readonly #title = html('h1', {}, 'Egress audit');
  readonly #summary = html('p', { class: 'summary', role: 'status' });
  readonly #body = html('div', { class: 'report', tabindex: 0, role: 'region', 'aria-label': 'Report' });
  readonly #tools = new AuditTools({
    filtered: (filter) => this.#choose({ filter }),
    toggled: (verdict) => this.#toggle(verdict),
    exported: (format) => vscode.postMessage({ type: 'export', format }),
  });

  start(): void {
    const titles = html('div', { class: 'titles' }, this.#title, this.#summary);
    document.querySelector('main')!.append(html('header', {}, titles, this.#tools.root), this.#body);
    window.addEventListener('message', ({ data }: MessageEvent<ToAuditPage>) => this.#hear(data));
    this.#tools.show(this.#state.choice, undefined);
    this.#ask();
  }

  #hear(message: ToAuditPage): void {
    if (message.type === 'trouble') {
      this.#report = undefined;
      this.#tell('');
      this.#body.replaceChildren(
        this.#note('There is no audit to show now', message.message, [this.#again()]),
      );
      return;
    }
    this.#report = message.report;
    this.#keep({ uri: message.uri });
    this.#show(message.report);
  }

  #show(report: AuditReport): void {
    const { scope, counts, empty } = report;
    this.#title.textContent = visible(scope === '' ? 'Egress audit' : `Egress audit of ${scope}`);
    const parts = verdicts.flatMap((it) => (counts[it] ? [`${counts[it]} ${verdictWords[it]}`] : []));
    this.#tell(empty ? '' : parts.join(' · '));
    this.#tools.show(this.#state.choice, report);
    const { scrollTop } = this.#body;
    const focused = this.#buttons().indexOf(document.activeElement as HTMLElement);
    this.#body.replaceChildren(...this.#content(report));
    this.#body.scrollTop = scrollTop;
    this.#buttons()[focused]?.focus({ preventScroll: true });
  }

  #content(report: AuditReport): readonly HTMLElement[] {
    const { empty, rows } = report;
    const reveal = (place: PlainPlace): void => vscode.postMessage({ type: 'reveal', place });
    if (empty) {
      const route = button('New Egress Route…', () => vscode.postMessage({ type: 'new-route' }), {
        class: 'primary',
      });
      return [this.#note(empty.title, empty.advice, [route])];
    }
    const table =
      rows.length > 0
        ? drawRows(report, {
            reveal,
            trace: (call) => vscode.postMessage({ type: 'trace', call }),
            showMore: () => this.#choose({ most: rows.length + step }),
          })
        : this.#nothingMatches();
    return [table, ...drawFacts(report, reveal)];
  }

  #nothingMatches(): HTMLElement {
    const clear = button('Show everything', () => this.#showAll(), { class: 'primary' });
    const advice = 'Clear the filter, or look for a part of a host, a namespace, a gateway or a verdict';
    return this.#note('Nothing matches', advice, [clear]);
  }

  #showAll(): void {
    this.#tools.clear();
    this.#keep({ choice: {} });
    this.#ask();
  }

  #note(title: string, advice: string, actions: readonly HTMLElement[]): HTMLElement {
    const words = [html('h2', {}, title), html('p', {}, `${advice}.`)];
    return html('div', { class: 'note' }, ...words, html('p', { class: 'actions' }, ...actions));
  }

  #again(): HTMLElement {
    return button('Try again', () => this.#ask(), { class: 'primary' });
  }

  #toggle(verdict: AuditVerdict): void {
    const { verdicts: chosen = [] } = this.#state.choice;
    const next = chosen.includes(verdict) ? chosen.filter((it) => it !== verdict) : [...chosen, verdict];
    this.#choose({ verdicts: next });
  }

  #choose(change: Partial<AuditChoice>): void {
    this.#keep({ choice: { ...this.#state.choice, ...change } });
    this.#tools.show(this.#state.choice, this.#report);
    this.#ask();
  }

  #ask(): void {
    const { choice, uri } = this.#state;
    vscode.postMessage({ type: 'ask', choice, ...(uri !== undefined && { uri }) });
  }

  #tell(summary: string): void {
    if (this.#summary.textContent !== summary) {
      this.#summary.textContent = summary;
    }
  }

  #buttons(): HTMLElement[] {
    return [...this.#body.querySelectorAll<HTMLElement>('button')];
  }

  #keep(change: Partial<PageState>): void {
    this.#state = { ...this.#state, ...change };
    vscode.setState(this.#state);
  }
}

new Page().start();
