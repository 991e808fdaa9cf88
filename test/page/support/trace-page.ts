import type { Browser } from 'playwright-core';
import type {
  FromTracePage,
  ToTracePage,
  TraceParams,
  TraceResult,
} from '../../../server/src/protocol/trace';
import { newPage, type PageOptions, PanelPage } from './panel-page';

/** The page of a trace in a browser. */
export class TracePage extends PanelPage<ToTracePage, FromTracePage> {
  static async open(browser: Browser, options: PageOptions = {}): Promise<TracePage> {
    const it = new TracePage(await newPage(browser, options));
    await it.load('trace-view', 'Trace', options);
    return it;
  }

  async show(result: TraceResult, params: TraceParams): Promise<void> {
    await this.tell({ type: 'trace', params, result });
    await this.page.locator('.way').first().waitFor();
  }
}
