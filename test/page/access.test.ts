import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { onPage, pictureOf } from './support/on-page';
import { looks } from './support/panel-page';

suite('axe finds nothing', () => {
  for (const [look, options] of looks) {
    test(
      look,
      onPage(
        'notes',
        async (page) => {
          await page.page.locator('.picture .edge.bypass .badge').click();
          await page.page.locator('.details li').first().waitFor();
          assert.deepEqual(await page.violations(), [], 'details');
          await page.page.getByRole('button', { name: 'Table' }).click();
          await page.page.locator('table').waitFor();
          assert.deepEqual(await page.violations(), [], 'table');
          await page.page.getByRole('button', { name: 'Graph' }).click();
          for (const scene of ['many', 'empty'] as const) {
            await page.show(await pictureOf(scene));
            assert.deepEqual(await page.violations(), [], scene);
          }
          await page.tell({ type: 'trouble', message: 'The language server has stopped' });
          await page.page.getByText('The language server has stopped.').waitFor();
          assert.deepEqual(await page.violations(), [], 'trouble');
        },
        options,
      ),
    );
  }

  test(
    '300 hosts, each for itself',
    onPage('open', async (page) => assert.deepEqual(await page.violations(), [])),
  );
});

suite('colours are not all', () => {
  test(
    'every state has its own line, end, sign and word',
    onPage('notes', async ({ page }) => {
      const looks = await page.locator('.legend span').evaluateAll((all) =>
        all.map((it) => {
          const line = it.querySelector('.line')!;
          return [getComputedStyle(line).strokeDasharray, line.getAttribute('marker-end'), it.textContent];
        }),
      );
      assert.equal(looks.length, 5);
      for (const part of [0, 1, 2]) {
        assert.equal(new Set(looks.map((it) => it[part])).size, 5);
      }
    }),
  );

  test(
    'in forced colours everything is drawn in colours of the system',
    onPage(
      'notes',
      async ({ page }) => {
        const colours = await page.locator('.picture').evaluate((picture) => {
          const drawn = [...picture.querySelectorAll('text, .box, .line, .badge')].map((it) => {
            const { fill, stroke } = getComputedStyle(it);
            return [fill, stroke];
          });
          return [...new Set(drawn.flat())];
        });
        const canvas = await page.evaluate(() => {
          const { color, backgroundColor } = getComputedStyle(document.body);
          return [color, backgroundColor];
        });
        assert.deepEqual(
          colours.filter((it) => it !== 'none' && !canvas.includes(it)),
          [],
        );
      },
      { theme: 'dark', forcedColors: true },
    ),
  );

  test(
    'every colour of the style sheet is one of the theme or of the system',
    onPage('notes', async ({ page }) => {
      const literal = await page.evaluate(() =>
        [...document.styleSheets]
          .flatMap((sheet) => [...sheet.cssRules])
          .flatMap((rule) => rule.cssText.match(/#[0-9a-f]{3,8}\b|rgba?\([^)]*\)|hsla?\([^)]*\)/gi) ?? []),
      );
      assert.deepEqual(literal, []);
    }),
  );
});
