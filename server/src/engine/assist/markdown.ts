// Hovers are Markdown, and much of what they say comes from manifests that anyone may have written. Values go
// between backticks, where nothing but a backtick has a meaning; texts are escaped.

/** A value as inline code, whatever it contains. */
export function code(value: string): string {
  const flat = value.replace(/\s+/g, ' ').slice(0, maxLength);
  const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map((it) => it[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = flat.startsWith('`') || flat.endsWith('`') || flat.trim() === '' ? ' ' : '';
  return `${fence}${pad}${flat}${pad}${fence}`;
}

const maxLength = 300;

/** Text that means itself: no links, no images, no HTML. Code between backticks stays code. */
export function escapeText(text: string): string {
  return text.replace(/(`[^`\n]*`)|[\\*_[\]<>&#!|~]/g, (character, inline: string | undefined) =>
    inline !== undefined
      ? inline
      : character === '<'
        ? '&lt;'
        : character === '&'
          ? '&amp;'
          : `\\${character}`,
  );
}
