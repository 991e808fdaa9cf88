import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { GraphPage } from './support/graph-page';
import { onPage } from './support/on-page';

const focused = ({ page }: GraphPage): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute('data-id') ?? null);

suite('the mouse', () => {
  test(
    'a click on a node asks for its line',
    onPage('notes', async (page, { nodes }) => {
      await page.page.locator('.node.host').click();
      const place = nodes.find(({ kind }) => kind === 'host')!.place!;
      assert.deepEqual(await page.heard(), [{ type: 'reveal', place }]);
    }),
  );

  test(
    'a click on an edge asks for its line and tells why it is as it is',
    onPage('notes', async (page, { edges }) => {
      await page.page.locator('.picture .edge.bypass .badge').click();
      const edge = edges.find(({ state }) => state === 'bypass')!;
      assert.deepEqual(await page.heard(), [{ type: 'reveal', place: edge.place! }]);
      const details = await page.page.locator('.details').textContent();
      assert.ok(details?.includes(edge.why[0]!.message));
      assert.ok(details?.includes('edition.cnn.com:443'));
    }),
  );

  test(
    'a group asks for its members, and closes again',
    onPage('many', async (page, { nodes }) => {
      await page.page.locator('.node.host').filter({ hasText: 'hosts' }).click();
      const group = nodes.find(({ kind, members }) => kind === 'host' && members !== undefined)!;
      const [asked] = await page.heard();
      assert.deepEqual(asked?.type === 'ask' && asked.choice.expanded, [group.id]);
      await page.page.getByRole('button', { name: 'Close groups' }).click();
      const [closed] = await page.heard();
      assert.deepEqual(closed?.type === 'ask' && closed.choice.expanded, []);
    }),
  );

  test(
    'zooms with Ctrl and the wheel, and the picture fits again',
    onPage('twenty', async ({ page }) => {
      const width = async (): Promise<number> => (await page.locator('.picture').boundingBox())!.width;
      const fit = await width();
      await page.locator('.viewport').hover();
      await page.keyboard.down('Control');
      await page.mouse.wheel(0, -200);
      await page.keyboard.up('Control');
      assert.ok((await width()) > fit * 1.3);
      await page.getByRole('button', { name: 'Fit width' }).click();
      assert.equal(await width(), fit);
    }),
  );

  test(
    '"Fit all" shows 300 hosts at once or as small as letters may be',
    onPage('open', async ({ page }) => {
      await page.getByRole('button', { name: 'Fit all' }).click();
      const { width } = (await page.locator('.picture').boundingBox())!;
      assert.ok(width < 500, `it is ${width} wide`);
    }),
  );
});

suite('the keyboard', () => {
  test(
    'Tab enters the picture once, at what is wrong, and Enter goes to its line',
    onPage('notes', async (page, { edges }) => {
      const stops = await tabStops(page);
      const bypass = edges.find(({ state }) => state === 'bypass')!;
      assert.deepEqual(
        stops.filter((it) => it.startsWith('item ')),
        [`item ${bypass.id}`],
      );
      assert.ok(stops.length >= 10, 'tools are missing among the stops');
      await page.page.locator('[data-id][tabindex="0"]').focus();
      await page.page.keyboard.press('Enter');
      assert.deepEqual(await page.heard(), [{ type: 'reveal', place: bypass.place! }]);
    }),
  );

  test(
    'arrow keys reach every node and edge',
    onPage('twenty', async (page, { nodes, edges }) => {
      await page.page.locator('[data-id][tabindex="0"]').focus();
      assert.deepEqual(await reached(page), [...nodes, ...edges].map(({ id }) => id).sort());
    }),
  );

  test(
    'what has the focus looks different',
    onPage('notes', async ({ page }) => {
      const look = async (selector: string): Promise<Buffer> => {
        await page.locator('input').focus();
        await page.keyboard.press('Shift');
        await page.locator(selector).focus();
        return await page.locator('.picture').screenshot();
      };
      const without = await look('input');
      for (const selector of [
        '.node.host',
        '.node.client',
        '.picture .edge.bypass',
        '.picture .edge.ok >> nth=0',
      ]) {
        assert.notDeepEqual(await look(selector), without, selector);
      }
    }),
  );

  test(
    'the focus tells, and Escape closes the details and keeps the focus in the picture',
    onPage('notes', async (page) => {
      await page.page.locator('.node.host').focus();
      await page.page.keyboard.press('ArrowLeft');
      await page.page.locator('.details').waitFor();
      await page.page.keyboard.press('Escape');
      assert.equal(await page.page.locator('.details').count(), 0);
      assert.notEqual(await focused(page), null);
    }),
  );

  test(
    'a new picture leaves the focus where it was',
    onPage('notes', async (page, picture) => {
      await page.page.locator('.node.gateway').focus();
      const before = await focused(page);
      await page.show({ ...picture, width: picture.width + 1 });
      assert.equal(await focused(page), before);
    }),
  );
});

/** What Tab stops at, from the first on. */
async function tabStops({ page }: GraphPage): Promise<string[]> {
  const stops: string[] = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const at = document.activeElement;
      const id = at?.getAttribute('data-id');
      return id ? `item ${id}` : at === document.body || !at ? '' : at.outerHTML.slice(0, 200);
    });
    if (stop === '' || stops.includes(stop)) {
      return stops;
    }
    stops.push(stop);
  }
}

/** Everything the arrow keys lead to from where the focus is. */
async function reached(page: GraphPage): Promise<string[]> {
  const start = (await focused(page))!;
  const found = new Set([start]);
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']) {
      await page.page.locator(`[data-id="${id}"]`).focus();
      await page.page.keyboard.press(key);
      const next = (await focused(page))!;
      if (!found.has(next)) {
        found.add(next);
        open.push(next);
      }
    }
  }
  return [...found].sort();
}
