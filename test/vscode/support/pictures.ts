import { ConfigurationTarget, workspace } from 'vscode';
import { pause } from './until';
import { screenshot } from './window';

/** The themes that pictures of the README are taken in, by the ending of their names. */
export const themes = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  contrast: 'Default High Contrast',
} as const;

export const set = (name: string, value: unknown, target = ConfigurationTarget.Global): Thenable<void> =>
  workspace.getConfiguration().update(name, value, target);

/** One test for each theme, which takes a picture of the window as it is. */
export function pictureInEveryTheme(of: string): void {
  for (const [name, theme] of Object.entries(themes)) {
    test(name, async () => {
      await set('workbench.colorTheme', theme);
      await pause(2000);
      await screenshot(`${of}-${name}`);
    });
  }
}
