import type { HttpMatch, StringMatch } from '../model/specs';
import type { HttpRequest } from './connection';
import { readPattern } from './pattern';
import type { Route } from './routes';

/** Whether a request is what a route asks for. */
export function matchesRoute({ match, byPathParts }: Route, request: HttpRequest): boolean {
  return (
    !match ||
    (matchesPath(match, request, byPathParts) &&
      matchesText(match.method, request.method) &&
      matchesText(match.authority, request.authority) &&
      matchesText(match.scheme, request.scheme) &&
      matchesHeaders(match, request) &&
      matchesQuery(match, request))
  );
}

function matchesPath(match: HttpMatch, request: HttpRequest, byPathParts: boolean): boolean {
  const { uri } = match;
  if (!uri) {
    return true;
  }
  const path = request.path.split(/[?#]/, 1)[0]!;
  if (uri.regex !== undefined) {
    return matchesPattern(uri.regex, path);
  }
  const fold = (text: string): string => (match.ignoreUriCase ? text.toLowerCase() : text);
  if (uri.exact !== undefined) {
    return fold(path) === fold(uri.exact);
  }
  const prefix = uri.prefix ?? '';
  if (!byPathParts || prefix === '/') {
    return fold(path).startsWith(fold(prefix));
  }
  const part = fold(prefix.replace(/\/$/, ''));
  return fold(path) === part || fold(path).startsWith(`${part}/`);
}

function matchesHeaders({ headers = {}, withoutHeaders = {} }: HttpMatch, request: HttpRequest): boolean {
  const headerOf = (name: string): string | undefined => request.headers.get(name.toLowerCase());
  const wanted = Object.entries(headers).every(([name, match]) => {
    const value = headerOf(name);
    return value !== undefined && (isPresence(match) || matchesText(match, value));
  });
  const unwanted = Object.entries(withoutHeaders).some(([name, match]) => {
    const value = headerOf(name);
    return isPresence(match) ? value !== undefined : matchesText(match, value ?? '');
  });
  return wanted && !unwanted;
}

function matchesQuery({ queryParams = {} }: HttpMatch, request: HttpRequest): boolean {
  const query = queryOf(request.path);
  return Object.entries(queryParams).every(([name, match]) => {
    const value = query.get(name);
    return value !== undefined && (isPresence(match) || matchesText(match, value));
  });
}

/** The first value of each parameter counts. */
function queryOf(path: string): ReadonlyMap<string, string> {
  const pairs = (/\?([^#]*)/.exec(path)?.[1] ?? '').split('&').filter((it) => it !== '');
  return new Map(
    pairs
      .map((it): [string, string] => {
        const equals = it.indexOf('=');
        return equals < 0 ? [it, ''] : [it.slice(0, equals), it.slice(equals + 1)];
      })
      .toReversed(),
  );
}

/** A match that says nothing asks only that the header is there. So does the expression `*`, which is none. */
function isPresence({ exact, prefix, regex }: StringMatch): boolean {
  return (exact === undefined && prefix === undefined && regex === undefined) || regex === '*';
}

function matchesText(match: StringMatch | undefined, value: string): boolean {
  if (!match || isPresence(match)) {
    return true;
  }
  if (match.exact !== undefined) {
    return value === match.exact;
  }
  return match.prefix !== undefined ? value.startsWith(match.prefix) : matchesPattern(match.regex!, value);
}

const longestSubject = 2_000;

/** The whole value must match. An expression this engine cannot read matches nothing. */
function matchesPattern(pattern: string, value: string): boolean {
  const expression = readPattern(`^(?:${pattern})$`, '');
  return value.length <= longestSubject && (expression?.test(value) ?? false);
}
