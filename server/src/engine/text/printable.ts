/** Manifests may hold anything, a terminal must not obey it: control characters are shown, not sent. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, (it) => {
    return it === '\t' || it === '\n' ? it : escaped(it);
  });
}

/** The same on one line: no name may begin a line of its own, which some readers of logs take for a command. */
export function printableLine(text: string): string {
  return printable(text).replace(/[\t\n]/g, ' ');
}

/** JSON that a terminal may be shown: the same values, with every control character written as an escape. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/[\u007f-\u009f\p{Bidi_Control}\u2028\u2029]/gu, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
