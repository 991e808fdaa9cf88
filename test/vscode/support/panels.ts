import { type Tab, TabInputWebview, window } from 'vscode';
import { until } from './until';
import { inWebview } from './window';

/** The tabs with panels of one kind. */
export const tabsOf = (kind: 'graph' | 'trace' | 'audit'): readonly Tab[] =>
  window.tabGroups.all
    .flatMap((it) => it.tabs)
    .filter(
      ({ input }) => input instanceof TabInputWebview && input.viewType.endsWith(`istioEgress.${kind}`),
    );

/** Waits for something to be so in the page, which may still be loading. */
export const shows = (expression: string): Promise<true> =>
  until(
    `the page to show ${expression}`,
    () => inWebview<boolean>(expression).catch(() => false),
    50_000,
  ).then(() => true);

/** For {@link shows}: the page has such an element. */
export const has = (selector: string): string =>
  `document.querySelector(${JSON.stringify(selector)}) !== null`;
