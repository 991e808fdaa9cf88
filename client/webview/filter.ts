import { html } from './dom';

/** Typing must not ask with every key. In milliseconds. */
const pause = 150;

/**
 * A field that tells what is typed once nobody types on, or at once when it is left: what is clicked next must know
 * of it.
 */
export function filterField(placeholder: string, filtered: (text: string) => void): HTMLInputElement {
  const field = html('input', { type: 'search', placeholder, 'aria-label': 'Filter', spellcheck: 'false' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = () => {
    clearTimeout(timer);
    timer = undefined;
    filtered(field.value);
  };
  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(tell, pause);
  });
  field.addEventListener('blur', () => timer !== undefined && tell());
  return field;
}
