/** Manifests may hold anything, a terminal must not obey it: control characters are shown, not sent. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, (it) => {
    return it === '\t' || it === '\n' ? it : `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
