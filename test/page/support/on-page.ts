import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before } from 'node:test';
import type { Browser } from 'playwright-core';
import { type GraphPicture, graphRequest } from '../../../server/src/protocol';
import { manyHosts } from '../../support/graph-manifests';
import { LspClient } from '../../support/lsp-client';
import { GraphPage } from './graph-page';
import { launchBrowser, type PageOptions } from './panel-page';

/** What a language server answers for some files. */
async function ask(
  files: { readonly [path: string]: string },
  expanded: readonly string[] = [],
): Promise<GraphPicture> {
  const client = await LspClient.start(files);
  const params = { uri: client.uri(Object.keys(files)[0]!), extent: 'scope', expanded };
  const picture: GraphPicture = await client.connection.sendRequest(graphRequest, params);
  client.dispose();
  return picture;
}

const three = manyHosts(300, { unbound: [3, 200] });

const scenes = {
  /** The notes the product starts from: one host, of which one port passes the gateway by. */
  notes: () => ask({ 'notes.md': readFileSync('examples/notes/egress-notes.md', 'utf8') }),
  twenty: () => ask(manyHosts(20, { unbound: [3] })),
  /** 300 hosts in groups. */
  many: () => ask(three),
  /** 300 hosts, each for itself. */
  open: async () => {
    const { nodes } = await ask(three);
    return await ask(
      three,
      nodes.flatMap(({ id, members }) => (members === undefined ? [] : [id])),
    );
  },
  empty: () => ask({ 'a.yaml': 'a: 1\n' }),
} as const;

export type SceneName = keyof typeof scenes;

const known = new Map<SceneName, Promise<GraphPicture>>();

export function pictureOf(name: SceneName): Promise<GraphPicture> {
  const picture = known.get(name) ?? scenes[name]();
  known.set(name, picture);
  return picture;
}

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
});

/** Opens a page, and closes it whatever comes. In the end nothing may have gone wrong in it. */
export const onPage =
  (
    name: SceneName,
    body: (page: GraphPage, picture: GraphPicture) => Promise<void>,
    options: PageOptions = {},
  ) =>
  async (): Promise<void> => {
    const picture = await pictureOf(name);
    const page = await GraphPage.open(browser, options);
    try {
      await page.show(picture);
      await page.heard();
      await body(page, picture);
      assert.deepEqual(page.complaints, []);
    } finally {
      await page.close();
    }
  };
