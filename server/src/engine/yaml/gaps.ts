// The text between two nodes holds white space, comments and indicators only. Where an indicator stands is
// found from the node before it, so that both readers agree on it by construction.

/** The offset of the next character that is neither white space nor part of a comment. */
export function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 35) {
      at = endOfLine(text, at);
    } else if (code === 32 || code === 10 || code === 13 || code === 9 || code === 0xfeff) {
      at++;
    } else {
      break;
    }
  }
  return at;
}

export function endOfLine(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) {
      break;
    }
    at++;
  }
  return at;
}

/** Right behind the indicator that comes next, or `from` when something else comes. */
export function behind(text: string, from: number, indicator: ':' | '-' | '?'): number {
  const at = skipBlank(text, from);
  return text[at] === indicator ? at + 1 : from;
}

/** Where a key that is not written would stand: behind its `?`, or before the colon. */
export function placeOfEmptyKey(text: string, from: number): number {
  let at = skipBlank(text, from);
  while (text[at] === ',') {
    at = skipBlank(text, at + 1);
  }
  return text[at] === '?' ? at + 1 : text[at] === ':' ? at : from;
}

/** Right behind the `count` anchors and tags that come next, the place of a value that consists of nothing else. */
export function behindProperties(text: string, from: number, count: number): number {
  let at = skipBlank(text, from);
  while (at < text.length && ':-?,'.includes(text[at]!)) {
    at = skipBlank(text, at + 1);
  }
  let end = at;
  for (let left = count; left > 0 && (text[at] === '&' || text[at] === '!'); left--) {
    end = text.startsWith('!<', at) ? Math.max(at, text.indexOf('>', at)) : at;
    while (end < text.length && !endsProperty(text.charCodeAt(end))) {
      end++;
    }
    at = skipBlank(text, end);
  }
  return end;
}

function endsProperty(code: number): boolean {
  return isBlankOrBreak(code) || code === 44 || code === 91 || code === 93 || code === 123 || code === 125;
}

/** The `|` or `>` of a block scalar that follows `from`; colons, dashes and comments may stand before it. */
export function blockHeader(text: string, from: number): number {
  let at = skipBlank(text, from);
  while (at < text.length && ':-?'.includes(text[at]!)) {
    at = skipBlank(text, at + 1);
  }
  return at;
}

/** Right behind the closing bracket that follows the last item of a flow collection. */
export function behindBracket(text: string, from: number): number {
  let at = skipBlank(text, from);
  while (text[at] === ',') {
    at = skipBlank(text, at + 1);
  }
  return at + 1;
}

/**
 * The end of a block scalar: its last line with something to read, without the line break. Without any, the
 * end of its header.
 */
export function blockScalarEnd(text: string, header: number, end: number): number {
  let at = Math.min(end, text.length);
  const content = nextLine(text, header);
  while (at > content && isBlankOrBreak(text.charCodeAt(at - 1))) {
    at--;
  }
  if (at <= content) {
    at = header + 1;
    while ('+-0123456789'.includes(text.charAt(at)) && at < text.length) {
      at++;
    }
    return at;
  }
  return Math.min(endOfLine(text, at), end);
}

function nextLine(text: string, from: number): number {
  const end = endOfLine(text, from);
  return text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1;
}

function isBlankOrBreak(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}
