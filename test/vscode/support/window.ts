import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './until';

// What a person does at the window and no extension can do: the script that opened the editor does it. A request
// is a file; so is the answer.

interface Place {
  /** A CSS selector; the first element it fits is meant. */
  readonly selector: string;
  /** Look inside the page of the last webview instead of the editor around it. */
  readonly webview?: boolean;
}

let count = 0;

async function ask<T>(request: { readonly action: string; readonly [key: string]: unknown }): Promise<T> {
  const folder = process.env.TEST_DRIVER;
  if (folder === undefined) {
    throw new Error('Nobody drives the window: run the suite with npm test');
  }
  const name = `${++count}-${request.action}`;
  const file = join(folder, `${name}.request.json`);
  writeFileSync(`${file}.part`, JSON.stringify(request));
  renameSync(`${file}.part`, file);
  const answer = join(folder, `${name}.answer.json`);
  await until(`the window to answer "${request.action}"`, () => existsSync(answer), 25_000);
  const { value, error } = JSON.parse(readFileSync(answer, 'utf8')) as { value: T; error?: string };
  rmSync(answer);
  if (error !== undefined) {
    throw new Error(error);
  }
  return value;
}

/** Keeps a picture of the window in test-results. */
export const screenshot = (name: string): Promise<void> => ask({ action: 'screenshot', name });

export const resize = (width: number, height: number): Promise<void> =>
  ask({ action: 'resize', width, height });

export const click = (place: Place & { readonly modifiers?: readonly string[] }): Promise<void> =>
  ask({ action: 'click', ...place });

export const hover = (place: Place): Promise<void> => ask({ action: 'hover', ...place });

export const focus = (place: Place): Promise<void> => ask({ action: 'focus', ...place });

/** Presses keys by their names, such as `Control+Space`. */
export const press = (key: string): Promise<void> => ask({ action: 'press', key });

/** Types text key by key, `delay` milliseconds apart. */
export const type = (text: string, delay = 0): Promise<void> => ask({ action: 'type', text, delay });

export const textOf = (place: Place): Promise<string> => ask({ action: 'text', ...place });

/** The value of an expression in the page of the last webview. */
export const inWebview = <T>(expression: string): Promise<T> =>
  ask({ action: 'evaluate', webview: true, expression });
