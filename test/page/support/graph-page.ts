import { readFileSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { pageFor } from '../../../client/src/graph/page';
import type { FromGraphPage, GraphParams, GraphPicture, ToGraphPage } from '../../../server/src/protocol';

/** Colours as a real VS Code gave them to the page, by the name of the theme. */
const themes = JSON.parse(readFileSync('test/fixtures/graph/themes.json', 'utf8')) as {
  readonly [name: string]: { readonly body: string; readonly variables: { readonly [name: string]: string } };
};

export const themeNames = Object.keys(themes);

export interface PageOptions {
  readonly theme?: string;
  readonly width?: number;
  readonly height?: number;
  readonly forcedColors?: boolean;
  /** What the page remembered when it was last seen. */
  readonly state?: object;
}

export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM;
  if (executablePath === undefined) {
    throw new Error('CHROMIUM names no browser: run these tests with node scripts/test.mjs build page');
  }
  return await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}

/** The editor styles what a page leaves open, among it what our elements would rather not have. */
const editorStyle = `@layer vscode-default {
  body { background: transparent; color: var(--vscode-editor-foreground); padding: 0 20px }
  a, button { color: var(--vscode-textLink-foreground) }
  code { color: var(--vscode-textPreformat-foreground); background: var(--vscode-textPreformat-background) }
  :focus { outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px }
}
`;

const origin = 'http://graph.test';

/** The page of the graph in a browser, with a test in the place of the extension. */
export class GraphPage {
  readonly page: Page;
  /** What went wrong in it, refused resources included. */
  readonly complaints: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        this.complaints.push(message.text());
      }
    });
  }

  static async open(browser: Browser, options: PageOptions = {}): Promise<GraphPage> {
    const { theme = 'dark', width = 1200, height = 800, forcedColors = false } = options;
    const page = await browser.newPage({
      viewport: { width, height },
      forcedColors: forcedColors ? 'active' : 'none',
    });
    const it = new GraphPage(page);
    await it.#serve();
    await page.addInitScript(standIn, { ...themes[theme]!, state: options.state ?? null });
    await page.goto(`${origin}/`);
    await page.locator('header').waitFor();
    return it;
  }

  async show(picture: GraphPicture, params: GraphParams = anywhere): Promise<void> {
    await this.tell({ type: 'picture', params, picture });
    await this.page.locator('.viewport .node, .note, table').first().waitFor();
  }

  async tell(message: ToGraphPage): Promise<void> {
    await this.page.evaluate((it) => window.postMessage(it, '*'), message);
    // The page hears of it in a task of its own.
    await this.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 20)));
  }

  /** Everything the page has said to the extension since the last call. */
  heard(): Promise<readonly FromGraphPage[]> {
    return this.page.evaluate(() => (window as unknown as { heard: FromGraphPage[] }).heard.splice(0));
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

  async #serve(): Promise<void> {
    const html = pageFor({
      title: 'Egress Graph',
      script: '/webview.js',
      style: '/webview.css',
      source: origin,
      nonce: 'once',
    });
    const files: { readonly [path: string]: readonly [type: string, body: string] } = {
      '/': ['text/html', html],
      '/webview.js': ['text/javascript', readFileSync('dist/webview.js', 'utf8')],
      '/webview.css': ['text/css', `${editorStyle}${readFileSync('dist/webview.css', 'utf8')}`],
    };
    await this.page.route('**/*', (route) => {
      const file = files[new URL(route.request().url()).pathname];
      return file ? route.fulfill({ contentType: file[0], body: file[1] }) : route.fulfill({ status: 204 });
    });
  }
}

const anywhere: GraphParams = { uri: 'file:///work/egress.yaml', extent: 'scope' };

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
