import type { Browser } from 'playwright-core';
import type { AuditReport, FromAuditPage, ToAuditPage } from '../../../server/src/protocol/audit';
import { newPage, type PageOptions, PanelPage } from './panel-page';

/** The page of an audit in a browser. */
export class AuditPage extends PanelPage<ToAuditPage, FromAuditPage> {
  static async open(browser: Browser, options: PageOptions = {}): Promise<AuditPage> {
    const it = new AuditPage(await newPage(browser, options));
    await it.load('audit-view', 'Egress Audit', options);
    return it;
  }

  async show(report: AuditReport, uri = 'file:///work/egress.yaml'): Promise<void> {
    await this.tell({ type: 'report', uri, report });
    await this.page.locator('.report > *').first().waitFor();
  }
}
