import fs from 'node:fs';
import path from 'node:path';

/**
 * Does at the editor's window what a suite asks for and cannot do from the extension host.
 *
 * A request is a file NAME.request.json in the folder; the answer is NAME.answer.json. `pages` gives the windows.
 */
export function serveDriver({ pages, folder, shots }) {
  let stopped = false;
  const loop = async () => {
    while (!stopped) {
      for (const entry of fs.readdirSync(folder).filter((it) => it.endsWith('.request.json'))) {
        await answer(entry);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const answer = async (entry) => {
    const file = path.join(folder, entry);
    const request = JSON.parse(fs.readFileSync(file, 'utf8'));
    fs.rmSync(file);
    const reply = await act(pages()[0], request, shots).then(
      (value) => ({ value: value ?? null }),
      (error) => ({ error: String(error?.message ?? error) }),
    );
    const target = file.replace('.request.', '.answer.');
    fs.writeFileSync(`${target}.part`, JSON.stringify(reply));
    fs.renameSync(`${target}.part`, target);
  };
  const running = loop();
  return async () => {
    stopped = true;
    await running;
  };
}

async function act(page, request, shots) {
  if (!page) {
    throw new Error('the editor shows no window');
  }
  const actions = { screenshot, resize, click, hover, focus, press, type, evaluate, text };
  return actions[request.action](page, request, shots);
}

const screenshot = (page, { name }, shots) =>
  page.screenshot({ path: path.join(shots, `${name}.png`) }).then(() => undefined);

const resize = (page, { width, height }) => page.setViewportSize({ width, height });

/** The document a selector is meant for: the workbench, or the page inside the webview. */
const where = (page, { webview }) =>
  webview ? page.frameLocator('iframe.webview').last().frameLocator('#active-frame') : page;

const first = (page, request) => where(page, request).locator(request.selector).first();

const click = (page, request) =>
  first(page, request).click({ timeout: 10_000, modifiers: request.modifiers });
const hover = (page, request) => first(page, request).hover({ timeout: 10_000 });
const focus = (page, request) => first(page, request).focus({ timeout: 10_000 });
const text = (page, request) => first(page, request).textContent({ timeout: 10_000 });
const press = (page, { key }) => page.keyboard.press(key);
const type = (page, { text: typed, delay }) => page.keyboard.type(typed, { delay });
const evaluate = (page, request) => where(page, request).locator('body').evaluate(request.expression);
