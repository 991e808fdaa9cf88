import type { Path } from '../yaml/node';

const maxLength = 60;

/** A value of the manifest inside a message: in quotes, on one line, and never long. */
export function quoted(text: string): string {
  return `"${cut(text)}"`;
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  if (line.length <= maxLength) {
    return line;
  }
  const letters = [...line];
  return letters.length > maxLength ? `${letters.slice(0, maxLength - 1).join('')}…` : line;
}

/** `"a", "b" or "c"` */
export function choice(names: readonly string[], conjunction: 'or' | 'and' = 'or'): string {
  const all = names.map(quoted);
  return all.length < 2
    ? all.join('')
    : `${all.slice(0, -1).join(', ')} ${conjunction} ${all[all.length - 1]}`;
}

/** `spec.http[0].route`. Keys of maps are anybody's text, so a long one is cut. */
export function pathText(path: Path): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${cut(step)}`))
    .join('');
}

/** How a message names the value at `path`: by its field, and an item by its list. */
export function nameAt(path: Path): string {
  const last = path.findLastIndex((step) => typeof step === 'string');
  return pathText(path.slice(Math.max(last, 0)));
}

export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
