// Header values are format strings of Envoy: `%NAME%` and `%NAME(arguments)%` are filled in, `%%` is a percent sign.

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const control = /[\u0000-\u0008\u000a-\u001f\u007f]/;

type State = 'text' | 'name' | 'arguments' | 'string' | 'quoted' | 'between' | 'close' | 'end';

/** What is wrong with a header's value, in words. */
export function headerValueFault(value: string): string | undefined {
  if (control.test(value)) {
    return 'control characters are not allowed';
  }
  if (!value.includes('%')) {
    return undefined;
  }
  let state: State = 'text';
  for (let index = 0; index < value.length; index++) {
    const character = value[index]!;
    if (state === 'text') {
      if (character === '%' && index + 1 === value.length) {
        return 'a percent sign is written "%%"';
      }
      if (character === '%' && value[index + 1] === '%') {
        index++;
      } else if (character === '%') {
        state = 'name';
      }
      continue;
    }
    if (state === 'quoted' && character === '\\') {
      if (index + 1 === value.length) {
        return 'nothing stands behind the last "\\"';
      }
      index++;
      continue;
    }
    const next = step(state, character);
    if (next === undefined) {
      return `${expectation[state]} expected before "${character}"`;
    }
    state = next;
  }
  return state === 'text'
    ? undefined
    : 'a command between percent signs does not end; a percent sign is written "%%"';
}

const expectation: { readonly [S in State]: string } = {
  text: '',
  name: '',
  arguments: '',
  quoted: '',
  string: 'a double quote is',
  between: '"," or "]" is',
  close: '")" is',
  end: '"%" is',
};

/** The state behind `character`, `undefined` where it must not stand. */
function step(state: State, character: string): State | undefined {
  const blank = character === ' ' ? state : undefined;
  switch (state) {
    case 'name':
      return character === '%' ? 'text' : character === '(' ? 'arguments' : 'name';
    case 'arguments':
      return character === '[' ? 'string' : (blank ?? 'quoted');
    case 'string':
      return character === '"' ? 'quoted' : blank;
    case 'quoted':
      return character === ')' ? 'end' : character === '"' ? 'between' : 'quoted';
    case 'between':
      return character === ',' ? 'string' : character === ']' ? 'close' : blank;
    case 'close':
      return character === ')' ? 'end' : blank;
    default:
      return character === '%' ? 'text' : blank;
  }
}
