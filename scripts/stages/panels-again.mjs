/** What someone leaves in a panel, and finds in it when the window is opened again. */
export const scenes = {
  'the egress graph': {
    command: 'Open Egress Graph to the Side',
    async leave(page) {
      await filter(page).fill('cnn');
      await panel(page).getByRole('button', { name: 'Table', exact: true }).click();
      await panel(page).locator('table').waitFor();
    },
    kept: '"filter":"cnn"',
    async find(page) {
      await panel(page).locator('table').waitFor({ timeout });
      expect('the filter', await filter(page).inputValue(), 'cnn');
    },
  },
  'an audit': {
    command: 'Audit Egress',
    async leave(page) {
      await filter(page).fill('cnn.com');
    },
    kept: '"filter":"cnn.com"',
    async find(page) {
      await panel(page).locator('table').waitFor({ timeout });
      expect('the filter', await filter(page).inputValue(), 'cnn.com');
    },
  },
  'a trace': {
    command: 'Trace Request…',
    async leave(page) {
      const question = page.locator('.quick-input-widget:visible');
      await question.locator('input').first().fill('http://edition.cnn.com/again');
      await question.getByText('as typed').waitFor();
      await page.keyboard.press('Enter');
      await question.getByText('(2/2)').waitFor();
      await page.keyboard.press('Enter');
      await heading(page).waitFor({ timeout });
    },
    // What the page remembers: that the request was asked is written down elsewhere, and earlier.
    kept: '{"params":{"uri"',
    async find(page) {
      await heading(page).waitFor({ timeout });
    },
  },
};

const timeout = 60_000;

const panel = (page) => page.frameLocator('iframe.webview').last().frameLocator('#active-frame');
const filter = (page) => panel(page).getByRole('searchbox', { name: 'Filter' });
const heading = (page) => panel(page).getByRole('heading', { name: 'http://edition.cnn.com/again' });

function expect(what, found, wanted) {
  if (found !== wanted) {
    throw new Error(`${what} was "${wanted}" and is "${found}"`);
  }
}

/** Plays a scene in one window, closes it, and looks into the next. */
export async function comesBack(context, address, { command, leave, kept, find }, picture) {
  const page = await context.newPage();
  await page.goto(address);
  await page.locator('.monaco-editor .squiggly-error').first().waitFor({ timeout });
  await page.locator('.monaco-editor').first().click();
  await page.keyboard.press('F1');
  await page.keyboard.type(`Istio Egress: ${command}`);
  await page.keyboard.press('Enter');
  await leave(page);
  await until('the window to write down its state', () => page.evaluate(isKept, kept));
  await page.close();
  const again = await context.newPage();
  await again.goto(withoutFile(address));
  try {
    await find(again);
  } finally {
    await again.screenshot({ path: picture });
    await again.close();
  }
}

async function until(what, isSo) {
  for (let attempt = 0; attempt < 120; attempt++) {
    if (await isSo()) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** Whether the window has written down something with this text, quotes as they are: it does so every few seconds. */
async function isKept(text) {
  const databases = (await indexedDB.databases()).filter(({ name }) =>
    name.startsWith('vscode-web-state-db'),
  );
  const values = await Promise.all(databases.map(({ name }) => valuesOf(name)));
  return values.flat().some((value) => String(value).replaceAll('\\', '').includes(text));

  function valuesOf(name) {
    return new Promise((resolve) => {
      const opening = indexedDB.open(name);
      opening.onerror = () => resolve([]);
      opening.onsuccess = () => {
        const database = opening.result;
        const reading = database.transaction('ItemTable').objectStore('ItemTable').getAll();
        reading.onerror = () => resolve([]);
        reading.onsuccess = () => {
          database.close();
          resolve(reading.result);
        };
      };
    });
  }
}

/** A window that is told to open a file does not open what it had before. */
function withoutFile(address) {
  const url = new URL(address);
  const payload = JSON.parse(url.searchParams.get('payload')).filter(([name]) => name !== 'openFile');
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}
