import fs from 'node:fs';
import { chromium } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A headless browser window that may talk to one server only. */
export async function openPage({ origin, executable, log }) {
  const browser = await chromium.launch({
    executablePath: executable,
    args: flags,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  // A context of its own may open another page later that knows what the first one kept.
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  const page = await context.newPage();
  const blocked = new Set();
  await context.route(
    (url) => url.origin !== origin,
    (route) => {
      blocked.add(new URL(route.request().url()).host);
      return route.abort();
    },
  );
  const lines = fs.createWriteStream(log);
  page.on('console', (message) => lines.write(`[${message.type()}] ${message.text()}\n`));
  page.on('pageerror', (error) => lines.write(`[uncaught] ${error.stack ?? error}\n`));
  return { browser, page, blocked };
}
