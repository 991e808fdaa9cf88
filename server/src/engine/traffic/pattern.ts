/** An expression in Envoy's language as one of this engine's, where both mean the same. */
export function readPattern(pattern: string, flags: string): RegExp | undefined {
  const insensitive = pattern.includes('(?i)');
  if (isSlow(pattern)) {
    return undefined;
  }
  try {
    return new RegExp(pattern.replaceAll('(?i)', ''), insensitive ? `${flags}i` : flags);
  } catch {
    return undefined;
  }
}

const tokens = /\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?[:=!]|(?:[*+]|\{\d+(?:,\d*)?\})\??|./gs;
const repetition = /^(?:[*+]|\{\d)/;
const mostChoices = 16;

/**
 * `(a+)+` and `(a|a)+` take time without end here, though not in Envoy, and so does a long row of what may be there or
 * not.
 */
function isSlow(pattern: string): boolean {
  // Of the groups that are open, whether something in them can be taken in several ways, and what they choose from.
  const open = [{ isLoose: false, chooses: false }];
  let closed = false;
  let choices = 0;
  for (const [token] of pattern.matchAll(tokens)) {
    const repeats = repetition.test(token);
    if (repeats && closed) {
      return true;
    }
    closed = false;
    const group = open.at(-1)!;
    if (token === ')' && open.length > 1) {
      open.pop();
      closed = group.isLoose;
      open.at(-1)!.isLoose ||= closed;
    } else if (token.startsWith('(')) {
      open.push({ isLoose: false, chooses: false });
    } else if (repeats || token === '|' || token === '?') {
      choices += token === '?' || (token === '|' && !group.chooses) ? 1 : 0;
      group.chooses ||= token === '|';
      group.isLoose = true;
    }
  }
  return choices > mostChoices;
}
