import fs from 'node:fs';
import { findBrowser } from './browser.mjs';
import { desktopHost, downloadedVSCode } from './desktop-host.mjs';
import { embeddedHost } from './embedded-host.mjs';
import { installVSCode } from './install.mjs';

/**
 * Where the in-editor suite runs: the VS Code that VSCODE_PATH names, else a downloaded desktop VS Code, else on
 * Linux the embedded one.
 */
export async function findHost(say) {
  const named = process.env.VSCODE_PATH;
  if (named) {
    if (!fs.existsSync(named)) {
      throw new Error(`VSCODE_PATH names "${named}", and there is no such file`);
    }
    return desktopHost(named);
  }
  const downloaded = hasDisplay() ? await downloadedVSCode() : undefined;
  if (downloaded) {
    return desktopHost(downloaded);
  }
  if (process.platform !== 'linux') {
    throw new Error(
      'VS Code cannot be downloaded here. Name an installed one: VSCODE_PATH=/path/to/its/executable npm test',
    );
  }
  const browser = await findBrowser(say);
  return embeddedHost({ vscode: await installVSCode(say), browser });
}

/** A desktop VS Code needs a screen; under xvfb-run there is one. */
const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
