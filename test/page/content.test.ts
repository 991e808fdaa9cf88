import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { GraphPicture } from '../../server/src/protocol';
import type { GraphPage } from './support/graph-page';
import { onPage } from './support/on-page';

const hostile = [
  '<img src=x onerror="document.title=1"><script>document.title=2</script>',
  '</title></svg><script>document.title=3</script>',
  '" onclick="document.title=4" x="',
  'a\u202Egro.liam\u202C\u0000\u200Bb',
  'javascript:document.title=5',
  'long '.repeat(4000),
];

/** The same picture with a text in every place that a manifest fills. */
function spoiled(picture: GraphPicture, text: string): GraphPicture {
  const place = (it: GraphPicture['nodes'][number]['place']) => it && { ...it, uri: `file:///${text}` };
  const edge = <E extends GraphPicture['rows'][number] | GraphPicture['edges'][number]>(it: E): E => ({
    ...it,
    requests: [text, text],
    why: [{ message: text, code: text }],
    ...(it.place && { place: place(it.place)! }),
  });
  return {
    ...picture,
    scope: text,
    nodes: picture.nodes.map((it) => ({ ...it, label: text, detail: text })),
    edges: picture.edges.map(edge),
    rows: picture.rows.map((it) => ({ ...edge(it), fromLabel: text, toLabel: text })),
  };
}

suite('hostile text', () => {
  test(
    'is shown as text in every place',
    onPage('notes', async (page, picture) => {
      const { page: browser } = page;
      for (const text of hostile) {
        await page.show(spoiled(picture, text));
        await browser.locator('.picture .edge.bypass .badge').click();
        await assertHarmless(page, text);
        await browser.getByRole('button', { name: 'Table' }).click();
        await assertHarmless(page, text);
        await browser.getByRole('button', { name: 'Graph' }).click();
      }
      await page.show({ ...picture, empty: { title: hostile[0]!, advice: hostile[1]! } });
      await assertHarmless(page, 'advice');
    }),
  );

  test(
    'that turns the writing direction is made visible',
    onPage('notes', async (page, picture) => {
      await page.show(spoiled(picture, hostile[3]!));
      const text = await page.page.locator('body').textContent();
      assert.doesNotMatch(text!, /[\u202A-\u202E\u200B]/);
      assert.match(text!, /a\uFFFDgro\.liam/);
    }),
  );
});

async function assertHarmless({ page }: GraphPage, text: string): Promise<void> {
  const found = await page.evaluate(() => ({
    title: document.title,
    elements: document.querySelectorAll('img, iframe, object, embed, a, body script:not([nonce])').length,
    attributes: [...document.querySelectorAll('main *')].flatMap((it) =>
      it.getAttributeNames().filter((name) => /^(?:on|style$|href$|xlink)/.test(name)),
    ),
  }));
  assert.deepEqual(found, { title: 'Egress Graph', elements: 0, attributes: [] }, text.slice(0, 60));
}

suite('the policy of the page', () => {
  test(
    'allows no script and no style but ours',
    onPage('notes', async (page) => {
      const title = await page.page.evaluate(async () => {
        const script = document.createElement('script');
        script.textContent = 'document.title = "run"';
        document.body.append(script);
        const button = document.createElement('button');
        button.setAttribute('onclick', 'document.title = "run"');
        button.click();
        const style = document.createElement('style');
        style.textContent = 'body { opacity: 0.5 }';
        document.head.append(style);
        return [document.title, getComputedStyle(document.body).opacity];
      });
      assert.deepEqual(title, ['Egress Graph', '1']);
      // The browser complains of each.
      assert.equal(page.complaints.splice(0).length, 3);
    }),
  );
});

suite('names', () => {
  test(
    'that are too long end in dots, and are told in full',
    onPage('notes', async (page, picture) => {
      const name = `${'a-very-long-name-'.repeat(8)}.example.com`;
      await page.show({ ...picture, nodes: picture.nodes.map((it) => ({ ...it, label: name })) });
      const host = page.page.locator('.node.host');
      assert.match((await host.locator('.label').textContent())!, /^a-very-long-name-.*…$/);
      assert.ok((await host.locator('title').textContent())!.includes(name));
      const fits = await host.evaluate((it) => {
        const [box, text] = ['.box', '.label'].map((part) => it.querySelector(part)!.getBoundingClientRect());
        return text!.right <= box!.right;
      });
      assert.ok(fits, 'the name runs out of its box');
    }),
  );
});

suite('tools', () => {
  test(
    'the filter asks, after a pause, and keeps the focus',
    onPage('twenty', async (page, picture) => {
      await page.page.locator('input').pressSequentially('host-01', { delay: 5 });
      await page.page.waitForFunction(() => (window as unknown as { heard: unknown[] }).heard.length > 0);
      const heard = await page.heard();
      assert.equal(heard.length, 1);
      assert.deepEqual(heard[0]?.type === 'ask' && heard[0].choice, { extent: 'scope', filter: 'host-01' });
      await page.show(picture);
      assert.equal(await page.page.evaluate(() => document.activeElement?.localName), 'input');
    }),
  );

  test(
    'what is typed last counts, although something else is clicked at once',
    onPage('twenty', async (page) => {
      await page.page.locator('input').fill('host-01');
      await page.page.getByRole('button', { name: 'Table', exact: true }).click();
      const heard = await page.heard();
      assert.deepEqual(
        heard.map((it) => it.type === 'ask' && it.choice.filter),
        ['host-01'],
      );
      assert.equal(await page.page.locator('input').inputValue(), 'host-01');
    }),
  );

  test(
    'extent and following ask again, and say which is on',
    onPage('notes', async (page) => {
      await page.page.getByRole('button', { name: 'This file' }).click();
      await page.page.getByRole('button', { name: 'Follow editor' }).click();
      const asked = (await page.heard()).map((it) => it.type === 'ask' && [it.choice.extent, it.follow]);
      assert.deepEqual(asked, [
        ['file', true],
        ['file', false],
      ]);
      const pressed = await page.page.locator('[aria-pressed="true"]').allTextContents();
      assert.deepEqual(pressed, ['This file', 'Graph']);
    }),
  );

  test(
    'the table lists every way, worst first, with its reason and its line',
    onPage('twenty', async (page, { rows }) => {
      await page.page.getByRole('button', { name: 'Table' }).click();
      assert.equal(await page.page.locator('tbody tr').count(), rows.length);
      const first = page.page.locator('tbody tr').first();
      assert.match((await first.textContent())!, /^broken.*host-003\.example\.com.*never applies/s);
      await first.getByRole('button').click();
      const broken = rows.find(({ state }) => state === 'broken')!;
      assert.deepEqual(await page.heard(), [{ type: 'reveal', place: broken.place! }]);
    }),
  );

  test(
    'an empty graph offers what to do next',
    onPage('empty', async (page) => {
      await page.page.getByRole('button', { name: 'New Egress Route…' }).click();
      assert.deepEqual(await page.heard(), [{ type: 'new-route' }]);
    }),
  );
});

suite('what stands at the cursor', () => {
  test(
    'is marked and scrolled to',
    onPage('open', async (page, { nodes }) => {
      const last = nodes.filter(({ kind }) => kind === 'host').sort((a, b) => b.y - a.y)[0]!;
      await page.tell({ type: 'spot', spot: { nodes: [last.id], edges: [] } });
      const spot = page.page.locator('.node.spot');
      assert.equal(await spot.count(), 1);
      const box = (await spot.boundingBox())!;
      assert.ok(box.y > 0 && box.y + box.height < 800, `it is at ${box.y}`);
      await page.tell({ type: 'spot', spot: { nodes: [], edges: [] } });
      assert.equal(await spot.count(), 0);
    }),
  );
});

suite('what the page remembers', () => {
  const state = {
    choice: { extent: 'file', filter: 'cnn' },
    follow: false,
    uri: 'file:///work/egress.yaml',
    view: 'table',
  };

  test(
    'is asked for again when it comes back',
    onPage(
      'notes',
      async ({ page }) => {
        assert.equal(await page.locator('table').count(), 1);
        assert.equal(await page.locator('input').inputValue(), 'cnn');
        const pressed = await page.locator('[aria-pressed="true"]').allTextContents();
        assert.deepEqual(pressed, ['This file', 'Table']);
      },
      { state },
    ),
  );

  test(
    'holds zoom, place and selection',
    onPage('twenty', async (page) => {
      await page.page.getByRole('button', { name: 'Zoom in' }).click();
      await page.page.locator('.node.gateway').click();
      const kept = await page.remembered();
      assert.ok(Number(kept.zoom) > 1);
      assert.equal(kept.selected, 'gateway istio-system/istio-egressgateway');
      assert.equal(kept.uri, 'file:///work/egress.yaml');
    }),
  );
});
