import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, suite, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { type AuditReport, type AuditVerdict, auditRequest } from '../../server/src/protocol/audit';
import { LspClient } from '../support/lsp-client';
import { AuditPage } from './support/audit-page';
import { launchBrowser, looks, type PageOptions } from './support/panel-page';

/** What a language server answers for the notes the product starts from. */
async function ask(): Promise<AuditReport> {
  const client = await LspClient.start({
    'notes.md': readFileSync('examples/notes/egress-notes.md', 'utf8'),
  });
  const report: AuditReport = await client.connection.sendRequest(auditRequest, {
    uri: client.uri('notes.md'),
  });
  client.dispose();
  return report;
}

let browser: Browser;
let notes: AuditReport;
before(async () => {
  browser = await launchBrowser();
  notes = await ask();
});
after(() => browser.close());

const verdicts: readonly AuditVerdict[] = [
  'direct',
  'passthrough',
  'broken',
  'not-evaluated',
  'blocked',
  'gateway',
];

/** Every verdict and every state at once, from many namespaces, with more rows than are sent. */
function everything(): AuditReport {
  const [row] = notes.rows;
  const place = row!.places[0]!;
  return {
    ...notes,
    counts: Object.fromEntries(verdicts.map((it) => [it, 2])),
    rows: verdicts.map((verdict) => ({
      ...row!,
      verdict,
      from: ['shop', 'billing', 'shop/app=web', 'hr', 'web', '*'],
      places: [1, 2, 3, 4].map((line) => ({
        ...place,
        range: { start: { line, character: 0 }, end: { line, character: 1 } },
      })),
    })),
    matching: 40,
    enforcement: (['closed', 'partly', 'open', 'unknown'] as const).map((state) => ({
      state,
      text: 'NetworkPolicy "shop/closed" lets the pods of "shop" reach no address',
      places: [place],
    })),
  };
}

const onPage =
  (body: (page: AuditPage) => Promise<void>, options: PageOptions = {}) =>
  async (): Promise<void> => {
    const page = await AuditPage.open(browser, options);
    try {
      await body(page);
      assert.deepEqual(page.complaints, []);
    } finally {
      await page.close();
    }
  };

suite('the page of an audit', () => {
  test(
    'has a line for each way out, those round the gateway first',
    onPage(async (page) => {
      await page.show(notes);
      assert.equal(await page.page.locator('h1').textContent(), 'Egress audit of notes.md');
      assert.equal(await page.page.locator('.summary').textContent(), '1 direct · 1 passthrough · 1 gateway');
      assert.deepEqual(await page.page.locator('td.state').allTextContents(), [
        'direct',
        'passthrough',
        'gateway',
      ]);
      assert.deepEqual(await page.page.locator('td.host').allTextContents(), [
        'edition.cnn.com',
        'any other host',
        'edition.cnn.com',
      ]);
      assert.deepEqual(await page.page.locator('h2').allTextContents(), [
        'What keeps requests from going round the gateway',
        'What this does not prove',
      ]);
    }),
  );

  test(
    'leads to the line that decided, by mouse and by key',
    onPage(async (page) => {
      await page.show(notes);
      await page.heard();
      const link = page.page.locator('td.places .link').first();
      await link.click();
      await link.press('Enter');
      const [place] = notes.rows[0]!.places;
      assert.deepEqual(await page.heard(), [
        { type: 'reveal', place },
        { type: 'reveal', place },
      ]);
    }),
  );

  test(
    'leads to the trace of a request that ends so',
    onPage(async (page) => {
      await page.show(notes);
      await page.heard();
      await page.page.getByRole('button', { name: 'Trace edition.cnn.com 443 HTTPS' }).click();
      const call = { from: { namespace: 'default' }, scheme: 'https', host: 'edition.cnn.com', port: 443 };
      assert.deepEqual(await page.heard(), [{ type: 'trace', call }]);
      assert.equal(await page.page.getByRole('button', { name: /^Trace / }).count(), 2);
    }),
  );

  test(
    'asks for what someone looks for, and shows that nothing matches',
    onPage(async (page) => {
      await page.show(notes);
      await page.heard();
      await page.page.getByRole('button', { name: 'direct', exact: true }).click();
      await page.page.getByRole('searchbox').fill('cnn');
      await page.page.waitForFunction(() => (window as unknown as { heard: unknown[] }).heard.length > 1);
      const uri = 'file:///work/egress.yaml';
      assert.deepEqual(await page.heard(), [
        { type: 'ask', choice: { verdicts: ['direct'] }, uri },
        { type: 'ask', choice: { verdicts: ['direct'], filter: 'cnn' }, uri },
      ]);
      await page.show({ ...notes, rows: [], matching: 0 });
      await page.page.getByText('Nothing matches').waitFor();
      assert.equal(await page.page.locator('.facts-of').count(), 2);
      await page.page.getByRole('button', { name: 'Show everything' }).click();
      assert.deepEqual(await page.heard(), [{ type: 'ask', choice: {}, uri }]);
      assert.equal(await page.page.getByRole('searchbox').inputValue(), '');
    }),
  );

  test(
    'keeps what was typed right before a click',
    onPage(async (page) => {
      await page.show(notes);
      await page.heard();
      const field = page.page.getByRole('searchbox');
      await field.fill('cnn');
      await page.page.getByRole('button', { name: 'direct', exact: true }).click();
      await page.page.waitForFunction(() => (window as unknown as { heard: unknown[] }).heard.length > 1);
      assert.deepEqual((await page.heard()).at(-1), {
        type: 'ask',
        choice: { filter: 'cnn', verdicts: ['direct'] },
        uri: 'file:///work/egress.yaml',
      });
      assert.equal(await field.inputValue(), 'cnn');
    }),
  );

  test(
    'shows more rows when asked, and keeps the focus while it is drawn anew',
    onPage(async (page) => {
      await page.show(everything());
      assert.match((await page.page.locator('td.from').first().textContent())!, /hr and 2 others$/);
      assert.match((await page.page.locator('td.places').first().textContent())!, /and 2 more$/);
      await page.heard();
      await page.page.getByRole('button', { name: 'Show more (34)' }).click();
      const [asked] = await page.heard();
      assert.ok(asked?.type === 'ask' && asked.choice.most === 506);
      await page.page.locator('td.places .link').nth(2).focus();
      await page.show(everything());
      assert.equal(await page.page.evaluate(() => document.activeElement?.className), 'link');
    }),
  );

  test(
    'gives the audit away as a document',
    onPage(async (page) => {
      await page.show(notes);
      await page.heard();
      await page.page.getByRole('button', { name: 'Markdown' }).click();
      await page.page.getByRole('button', { name: 'CSV' }).click();
      assert.deepEqual(await page.heard(), [
        { type: 'export', format: 'markdown' },
        { type: 'export', format: 'csv' },
      ]);
    }),
  );

  test(
    'asks for what it showed before it was hidden',
    onPage(
      async (page) => {
        assert.deepEqual(await page.heard(), [
          { type: 'ask', choice: { verdicts: ['broken'] }, uri: 'file:///work/a.yaml' },
        ]);
      },
      { state: { uri: 'file:///work/a.yaml', choice: { verdicts: ['broken'] } } },
    ),
  );

  test(
    'says what to do when there is nothing to show',
    onPage(async (page) => {
      const empty = { title: 'There is no egress route here yet', advice: 'Write a ServiceEntry' };
      await page.show({ ...notes, rows: [], matching: 0, counts: {}, empty });
      await page.page.getByText('Write a ServiceEntry.').waitFor();
      await page.heard();
      await page.page.getByRole('button', { name: 'New Egress Route…' }).click();
      await page.tell({ type: 'trouble', message: 'The language server has stopped' });
      await page.page.getByText('The language server has stopped.').waitFor();
      await page.page.getByRole('button', { name: 'Try again' }).click();
      assert.deepEqual(
        (await page.heard()).map((it) => it.type),
        ['new-route', 'ask'],
      );
    }),
  );

  test(
    'shows hostile text as text',
    onPage(async (page) => {
      const evil = '<img src=x onerror="document.body.innerHTML=1"><script>alert(1)</script>\u202Eevil';
      const places = [{ ...notes.rows[0]!.places[0]!, uri: evil }];
      await page.show({
        ...notes,
        scope: evil,
        rows: [
          {
            host: evil,
            port: evil,
            protocol: evil,
            from: [evil, evil, evil, evil, evil],
            verdict: 'direct',
            via: [evil],
            reason: evil,
            places,
          },
        ],
        enforcement: [{ state: 'open', text: evil, places }],
        limits: [evil],
      });
      assert.equal(await page.page.locator('img, main script').count(), 0);
      const text = (await page.page.locator('main').textContent())!;
      assert.ok(text.includes('<img src=x'));
      assert.ok(!text.includes('\u202E'));
    }),
  );
});

suite('axe finds nothing in an audit', () => {
  for (const [look, options] of looks) {
    test(
      look,
      onPage(async (page) => {
        await page.show(notes);
        assert.deepEqual(await page.violations(), [], 'the notes');
        await page.show(everything());
        await page.page.getByRole('button', { name: 'broken', exact: true }).click();
        assert.deepEqual(await page.violations(), [], 'everything');
        await page.show({ ...notes, rows: [], matching: 0 });
        assert.deepEqual(await page.violations(), [], 'nothing matches');
        await page.tell({ type: 'trouble', message: 'The language server has stopped' });
        assert.deepEqual(await page.violations(), [], 'trouble');
      }, options),
    );
  }
});
