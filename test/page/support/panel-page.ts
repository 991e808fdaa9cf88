import { readFileSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { pageFor } from '../../../client/src/panels/page';

/** Colours as a real VS Code gave them to the page, by the name of the theme. */
const themes = JSON.parse(readFileSync('test/fixtures/graph/themes.json', 'utf8')) as {
  readonly [name: string]: { readonly body: string; readonly variables: { readonly [name: string]: string } };
};

const themeNames = Object.keys(themes);

export interface PageOptions {
  readonly theme?: string;
  readonly width?: number;
  readonly height?: number;
  readonly forcedColors?: boolean;
  /** What the page remembered when it was last seen. */
  readonly state?: object;
}

/** Every way in which a page has to be readable, by a name. */
export const looks: ReadonlyMap<string, PageOptions> = new Map([
  ...themeNames.map((theme): [string, PageOptions] => [theme, { theme }]),
  ['contrast, forced colours', { theme: 'contrast', forcedColors: true }],
  ['light, narrow', { theme: 'light', width: 320 }],
]);

export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM;
  if (executablePath === undefined) {
    throw new Error('CHROMIUM names no browser: run these tests with node scripts/test.mjs build page');
  }
  return await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}

export function newPage(browser: Browser, options: PageOptions): Promise<Page> {
  const { width = 1200, height = 800, forcedColors = false } = options;
  return browser.newPage({ viewport: { width, height }, forcedColors: forcedColors ? 'active' : 'none' });
}

/** The editor styles what a page leaves open, among it what our elements would rather not have. */
const editorStyle = `@layer vscode-default {
  body { background: transparent; color: var(--vscode-editor-foreground); padding: 0 20px }
  a, button { color: var(--vscode-textLink-foreground) }
  code { color: var(--vscode-textPreformat-foreground); background: var(--vscode-textPreformat-background) }
  :focus { outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px }
}
`;

const origin = 'http://panel.test';

/** The page of a panel in a browser, with a test in the place of the extension. */
export class PanelPage<To, From> {
  readonly page: Page;
  /** What went wrong in it, refused resources included. */
  readonly complaints: string[] = [];

  protected constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        this.complaints.push(message.text());
      }
    });
  }

  /** Runs the bundle of this name. */
  protected async load(bundle: string, title: string, { theme = 'dark', state }: PageOptions): Promise<void> {
    await this.#serve(bundle, title);
    await this.page.addInitScript(standIn, { ...themes[theme]!, state: state ?? null });
    await this.page.goto(`${origin}/`);
    await this.page.locator('header').waitFor();
  }

  async tell(message: To): Promise<void> {
    await this.page.evaluate((it) => window.postMessage(it, '*'), message);
    // The page hears of it in a task of its own.
    await this.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 20)));
  }

  /** Everything the page has said to the extension since the last call. */
  heard(): Promise<readonly From[]> {
    return this.page.evaluate(() => (window as unknown as { heard: From[] }).heard.splice(0));
  }

  remembered(): Promise<{ readonly [name: string]: unknown }> {
    return this.page.evaluate(() => (window as unknown as { state: { [name: string]: unknown } }).state);
  }

  /** Violations that axe finds, each with the elements meant. */
  async violations(): Promise<readonly string[]> {
    // Evaluated from outside, which no policy of the page forbids.
    await this.page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
    const { violations } = (await this.page.evaluate('axe.run()')) as {
      violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
    };
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((it) => `${id}: ${it.html.slice(0, 160)} ${it.failureSummary}`),
    );
  }

  close(): Promise<void> {
    return this.page.close();
  }

  async #serve(bundle: string, title: string): Promise<void> {
    const [script, style] = [`/${bundle}.js`, `/${bundle}.css`];
    const html = pageFor({ title, script, style, source: origin, nonce: 'once' });
    const files: { readonly [path: string]: readonly [type: string, body: string] } = {
      '/': ['text/html', html],
      [script]: ['text/javascript', readFileSync(`dist${script}`, 'utf8')],
      [style]: ['text/css', `${editorStyle}${readFileSync(`dist${style}`, 'utf8')}`],
    };
    await this.page.route('**/*', (route) => {
      const file = files[new URL(route.request().url()).pathname];
      return file ? route.fulfill({ contentType: file[0], body: file[1] }) : route.fulfill({ status: 204 });
    });
  }
}

interface StandIn {
  readonly body: string;
  readonly variables: { readonly [name: string]: string };
  readonly state: object | null;
}

/** What VS Code gives to every page: an interface, and the theme. Runs in the page. */
function standIn({ body, variables, state }: StandIn): void {
  const scene = window as unknown as { heard: unknown[]; state: unknown; acquireVsCodeApi: unknown };
  scene.heard = [];
  scene.state = state ?? undefined;
  scene.acquireVsCodeApi = () => ({
    postMessage: (message: unknown) => scene.heard.push(message),
    getState: () => scene.state,
    setState: (next: unknown) => {
      scene.state = structuredClone(next);
    },
  });
  document.addEventListener('DOMContentLoaded', () => {
    document.body.className = body;
    for (const [name, value] of Object.entries(variables)) {
      document.documentElement.style.setProperty(name, value);
    }
  });
}
