import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, suite, test } from 'node:test';
import type { Browser } from 'playwright-core';
import {
  type TraceCall,
  type TraceParams,
  type TraceResult,
  traceRequest,
} from '../../server/src/protocol/trace';
import { LspClient } from '../support/lsp-client';
import { launchBrowser, looks, type PageOptions } from './support/panel-page';
import { TracePage } from './support/trace-page';

const call: TraceCall = { from: { namespace: 'default' }, scheme: 'http', host: 'edition.cnn.com', port: 80 };
const params: TraceParams = { uri: 'file:///work/egress-notes.md', call };

/** What a language server answers for the notes the product starts from. */
async function ask(of: TraceCall): Promise<TraceResult> {
  const client = await LspClient.start({
    'notes.md': readFileSync('examples/notes/egress-notes.md', 'utf8'),
  });
  const result: TraceResult = await client.connection.sendRequest(traceRequest, {
    uri: client.uri('notes.md'),
    call: of,
  });
  client.dispose();
  return result;
}

let browser: Browser;
let through: TraceResult;
let past: TraceResult;
before(async () => {
  browser = await launchBrowser();
  through = await ask(call);
  past = await ask({ ...call, scheme: 'https', port: 443 });
});
after(() => browser.close());

/** Every state at once, one of them weighted, with reasons of every kind. */
function everything(): TraceResult {
  const states = ['ok', 'bypass', 'blocked', 'broken', 'not-evaluated'] as const;
  const [way] = through.paths;
  const others = [{ words: 'VirtualService "default/b" has this host too, but "default/a" is named first' }];
  return {
    ...through,
    paths: states.map((state, index) => ({
      ...way!,
      state,
      weight: index * 10,
      reason: 'connection refused',
      advice: 'Add a server for this port',
      tls: [{ mode: 'tls', sni: 'edition.cnn.com' }, { mode: 'mtls' }],
      hops: way!.hops.map((hop) => ({ ...hop, others })),
    })),
  };
}

const onPage =
  (body: (page: TracePage) => Promise<void>, options: PageOptions = {}) =>
  async (): Promise<void> => {
    const page = await TracePage.open(browser, options);
    try {
      await body(page);
      assert.deepEqual(page.complaints, []);
    } finally {
      await page.close();
    }
  };

suite('the page of a trace', () => {
  test(
    'has a step for each proxy, and its end at last',
    onPage(async (page) => {
      await page.show(through, params);
      assert.equal(await page.page.locator('h1').textContent(), 'http://edition.cnn.com');
      assert.deepEqual(await page.page.locator('h3').allTextContents(), [
        'Sidecar in namespace default',
        'Gateway istio-system/istio-egressgateway',
        'Leaves for edition.cnn.com:80',
      ]);
      assert.match((await page.page.locator('.summary').textContent())!, /from default · arrives · in /);
    }),
  );

  test(
    'leads to the line that decided, by mouse and by key',
    onPage(async (page) => {
      await page.show(through, params);
      const { place } = through.paths[0]!.hops[0]!.decisions[0]!;
      const link = page.page.locator('.decisions .link').first();
      await page.heard();
      await link.click();
      await link.press('Enter');
      assert.deepEqual(await page.heard(), [
        { type: 'reveal', place },
        { type: 'reveal', place },
      ]);
    }),
  );

  test(
    'tells ways apart by their share',
    onPage(async (page) => {
      await page.show(everything(), params);
      assert.deepEqual((await page.page.locator('h2').allTextContents()).slice(0, 2), [
        'Way 1',
        'Way 2: 10 % of the requests',
      ]);
      await page.heard();
      await page.page.getByRole('button', { name: 'Show in graph' }).nth(1).click();
      assert.deepEqual(await page.heard(), [{ type: 'show-in-graph', way: 1 }]);
    }),
  );

  test(
    'keeps what is open and where the focus is when it is drawn anew',
    onPage(async (page) => {
      await page.show(everything(), params);
      const open = page.page.locator('details[open]');
      const usual = await open.count();
      assert.ok(usual > 0, 'where a request goes wrong the reasons are open');
      await page.page.locator('summary').nth(2).click();
      await page.show(everything(), params);
      assert.equal(await open.count(), usual + 1);
      assert.equal(await page.page.evaluate(() => document.activeElement?.tagName), 'SUMMARY');
      assert.deepEqual((await page.remembered()).params, params);
    }),
  );

  test(
    'asks for what it showed before it was hidden',
    onPage(
      async (page) => {
        assert.deepEqual(await page.heard(), [{ type: 'ask', params }]);
      },
      { state: { params } },
    ),
  );

  test(
    'says what to do when there is nothing to show',
    onPage(async (page) => {
      await page.tell({ type: 'trouble', message: 'The language server has stopped' });
      await page.page.getByText('The language server has stopped.').waitFor();
      await page.heard();
      await page.page.getByRole('button', { name: 'Trace a request…' }).click();
      assert.deepEqual(await page.heard(), [{ type: 'other-request' }]);
    }),
  );

  test(
    'shows hostile text as text',
    onPage(async (page) => {
      const evil = '<img src=x onerror="document.body.innerHTML=1"><script>alert(1)</script>\u202Eevil';
      const reasons = [
        { words: evil, place: { ...through.paths[0]!.hops[0]!.decisions[0]!.place!, uri: evil } },
      ];
      const [way] = through.paths;
      await page.show(
        {
          scope: evil,
          url: evil,
          paths: [
            {
              ...way!,
              title: evil,
              reason: evil,
              advice: evil,
              via: [evil, evil],
              tls: [{ mode: 'tls', sni: evil }],
              hops: [
                {
                  kind: 'gateway',
                  name: evil,
                  decisions: reasons,
                  others: reasons,
                  facts: [{ name: evil, value: evil }],
                },
              ],
            },
          ],
        },
        { ...params, call: { ...call, from: { namespace: evil, labels: { [evil]: evil } } } },
      );
      assert.equal(await page.page.locator('img, main script').count(), 0);
      const text = (await page.page.locator('main').textContent())!;
      assert.ok(text.includes('<img src=x'));
      assert.ok(!text.includes('\u202E'));
    }),
  );
});

suite('axe finds nothing', () => {
  for (const [look, options] of looks) {
    test(
      look,
      onPage(async (page) => {
        await page.show(past, params);
        assert.deepEqual(await page.violations(), [], 'a bypass');
        await page.show(everything(), params);
        await page.page.locator('summary').first().click();
        assert.deepEqual(await page.violations(), [], 'everything');
        await page.tell({ type: 'trouble', message: 'The language server has stopped' });
        assert.deepEqual(await page.violations(), [], 'trouble');
      }, options),
    );
  }
});
