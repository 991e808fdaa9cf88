import type { Browser } from 'playwright-core';
import type { FromGraphPage, GraphParams, GraphPicture, ToGraphPage } from '../../../server/src/protocol';
import { newPage, type PageOptions, PanelPage } from './panel-page';

/** The page of the graph in a browser. */
export class GraphPage extends PanelPage<ToGraphPage, FromGraphPage> {
  static async open(browser: Browser, options: PageOptions = {}): Promise<GraphPage> {
    const it = new GraphPage(await newPage(browser, options));
    await it.load('webview', 'Egress Graph', options);
    return it;
  }

  async show(picture: GraphPicture, params: GraphParams = anywhere): Promise<void> {
    await this.tell({ type: 'picture', params, picture });
    await this.page.locator('.viewport .node, .note, table').first().waitFor();
  }
}

const anywhere: GraphParams = { uri: 'file:///work/egress.yaml', extent: 'scope' };
