import { isIpAddress } from './ip-address';

// URLs as Go's `net/url` reads them, as far as it decides whether they are read at all.

export interface GoUrl {
  /** In lower case; empty when there is none. */
  readonly scheme: string;
  /** Without brackets; empty when there is none. */
  readonly host: string;
  readonly port: string;
}

const hostCharacters = /^[a-zA-Z0-9\-_.~!$&'()*+,;=:\]<>"\u0080-\u{10ffff}]*$/u;
const userCharacters = /^[a-zA-Z0-9\-._:~!$&'()*+,;=%@]*$/;

/** `request`: the way of a request line, where a relative path is no URL and `#` is a character like others. */
export function parseGoUrl(text: string, request = false): GoUrl | undefined {
  const hash = request ? -1 : text.indexOf('#');
  const before = hash < 0 ? text : text.slice(0, hash);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (/[\u0000-\u001f\u007f]/.test(before) || (request && text === '')) {
    return undefined;
  }
  if (hash >= 0 && !isEscaped(text.slice(hash + 1))) {
    return undefined;
  }
  if (before === '*') {
    return { scheme: '', host: '', port: '' };
  }
  const cut = splitScheme(before);
  return cut && parseRest(cut.scheme, cut.rest, request);
}

function splitScheme(text: string): { readonly scheme: string; readonly rest: string } | undefined {
  const match = /^[a-zA-Z][a-zA-Z0-9+\-.]*:/.exec(text);
  if (match) {
    return { scheme: match[0].slice(0, -1).toLowerCase(), rest: text.slice(match[0].length) };
  }
  return text.startsWith(':') ? undefined : { scheme: '', rest: text };
}

function parseRest(scheme: string, text: string, request: boolean): GoUrl | undefined {
  const mark = text.indexOf('?');
  const rest = mark < 0 ? text : text.slice(0, mark);
  if (!rest.startsWith('/')) {
    if (scheme !== '') {
      return { scheme, host: '', port: '' };
    }
    return request || rest.split('/')[0]!.includes(':') || !isEscaped(rest)
      ? undefined
      : { scheme, host: '', port: '' };
  }
  if (!rest.startsWith('//') || (scheme === '' && (request || rest.startsWith('///')))) {
    return isEscaped(rest) ? { scheme, host: '', port: '' } : undefined;
  }
  const slash = rest.indexOf('/', 2);
  const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash);
  const path = slash < 0 ? '' : rest.slice(slash);
  const place = placeOf(scheme, authority);
  return place && isEscaped(path) ? { scheme, ...place } : undefined;
}

/** `undefined` when the authority is none. */
function placeOf(scheme: string, authority: string): Pick<GoUrl, 'host' | 'port'> | undefined {
  const at = authority.lastIndexOf('@');
  const user = at < 0 ? '' : authority.slice(0, at);
  const host = authority.slice(at + 1);
  if (!userCharacters.test(user) || !isEscaped(user)) {
    return undefined;
  }
  const literal = host.lastIndexOf('[');
  const bracket = literal < 0 ? -1 : host.lastIndexOf(']');
  if (literal > 0 || bracket < literal) {
    return undefined;
  }
  // Of the web's own schemes no host has a colon, of others it may.
  const ofWeb = scheme === 'http' || scheme === 'https';
  const colon = bracket >= 0 ? bracket + 1 : ofWeb ? host.indexOf(':') : host.lastIndexOf(':');
  const name = colon < 0 ? host : host.slice(0, colon);
  const port = colon < 0 ? '' : host.slice(colon);
  const bare = bracket >= 0 ? name.slice(1, -1) : name;
  const good = bracket >= 0 ? isLiteral(bare) : isHostName(bare);
  return good && /^(?::\d*)?$/.test(port) ? { host: bare, port: port.slice(1) } : undefined;
}

/** An IPv6 address, whose zone is set off by an escaped percent sign. */
function isLiteral(text: string): boolean {
  const zone = text.indexOf('%25');
  const address = zone < 0 ? text : text.slice(0, zone);
  return address.includes(':') && !address.includes('%') && isIpAddress(address) && isZone(text, zone);
}

function isZone(text: string, start: number): boolean {
  const zone = text.slice(start + 3).replace(/%25|%20/g, '');
  return (
    start < 0 ||
    (start + 3 < text.length &&
      isEscaped(zone) &&
      !/%[89a-fA-F]/.test(zone) &&
      hostCharacters.test(unescaped(zone)))
  );
}

function unescaped(text: string): string {
  return text.replace(/%(..)/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** Escapes in a host are allowed only for bytes beyond ASCII, and for the sign itself. */
function isHostName(name: string): boolean {
  return hostCharacters.test(name.replace(/%(?:[89a-fA-F][0-9a-fA-F]|25)/g, ''));
}

function isEscaped(text: string): boolean {
  return !/%(?![0-9a-fA-F]{2})/.test(text);
}
