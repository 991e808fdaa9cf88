import type { AuditChoice, AuditReport, AuditVerdict } from '../../../server/src/protocol/audit';
import { button, html } from '../dom';
import { filterField } from '../filter';
import { verdicts, verdictTitles, verdictWords } from './words';

export interface ToolEvents {
  filtered(text: string): void;
  toggled(verdict: AuditVerdict): void;
  exported(format: 'markdown' | 'csv'): void;
}

/** What stands above the report. It is made once, so that nobody loses the focus while typing. */
export class AuditTools {
  readonly root: HTMLElement;
  readonly #filter: HTMLInputElement;
  readonly #verdicts: ReadonlyMap<AuditVerdict, HTMLButtonElement>;
  readonly #exports: HTMLElement;

  constructor({ filtered, toggled, exported }: ToolEvents) {
    this.#verdicts = new Map(
      verdicts.map((it) => [it, button(verdictWords[it], () => toggled(it), { title: verdictTitles[it] })]),
    );
    this.#exports = html(
      'div',
      { class: 'choice', role: 'group', 'aria-label': 'Export' },
      button('Export Markdown', () => exported('markdown'), {
        title: 'Open the audit as a Markdown document',
      }),
      button('Export CSV', () => exported('csv'), { title: 'Open the audit as comma-separated values' }),
    );
    this.#filter = filterField('Filter hosts, namespaces, gateways', filtered);
    this.root = html(
      'div',
      { class: 'tools' },
      this.#filter,
      html(
        'div',
        { class: 'choice', role: 'group', 'aria-label': 'Verdicts shown' },
        ...this.#verdicts.values(),
      ),
      this.#exports,
    );
  }

  show({ filter = '', verdicts: chosen = [] }: AuditChoice, report: AuditReport | undefined): void {
    if (document.activeElement !== this.#filter) {
      this.#filter.value = filter;
    }
    for (const [verdict, it] of this.#verdicts) {
      const number = report?.counts[verdict] ?? 0;
      it.setAttribute('aria-pressed', String(chosen.includes(verdict)));
      // One that is pressed stays, so that it can be let go.
      it.hidden = number === 0 && !chosen.includes(verdict);
    }
    this.#exports.hidden = report === undefined || report.empty !== undefined;
  }

  clear(): void {
    this.#filter.value = '';
  }
}
