import { type Fields, fields, items, text } from '../model/guards';
import type { Connection, HttpRequest } from './connection';
import type { Weighted } from './destinations';
import { readPattern } from './pattern';
import type { Route } from './routes';

/** The request as it leaves a proxy through a route: host, path and headers as the route changes them. */
export function rewritten(connection: Connection, route: Route, weighted: Weighted): Connection {
  const { action } = route;
  if (action.kind !== 'clusters') {
    return connection;
  }
  const { rewrite, headers } = action.changes;
  const own = requestOperations(headers);
  const extra = requestOperations(weighted.headers);
  const authority = rewrite?.authority || own.authority || extra.authority;
  const changed = [own, extra].reduce(applyHeaders, connection.http.headers);
  const http: HttpRequest = {
    ...connection.http,
    headers: changed,
    ...(authority && { authority }),
    path: rewrittenPath(connection.http.path, route),
  };
  return { ...connection, http };
}

interface HeaderOperations {
  readonly set: readonly (readonly [string, string])[];
  readonly add: readonly (readonly [string, string])[];
  readonly remove: readonly string[];
  readonly authority?: string;
}

function requestOperations(headers: object | undefined): HeaderOperations {
  const request = fields(fields(headers).request);
  const set = entries(fields(request.set));
  const add = entries(fields(request.add));
  const authority = [...set, ...add].find(([name]) => isAuthority(name))?.[1];
  return {
    set: set.filter(([name]) => !isAuthority(name)),
    add: add.filter(([name]) => !isAuthority(name)),
    remove: items(request.remove).flatMap((it) => text(it)?.toLowerCase() ?? []),
    ...(authority !== undefined && { authority }),
  };
}

function entries(values: Fields): (readonly [string, string])[] {
  return Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name.toLowerCase(), value] as const] : [],
  );
}

function isAuthority(name: string): boolean {
  return name === 'host' || name === ':authority';
}

function applyHeaders(
  headers: ReadonlyMap<string, string>,
  { set, add, remove }: HeaderOperations,
): ReadonlyMap<string, string> {
  const changed = new Map(headers);
  remove.forEach((name) => void changed.delete(name));
  set.forEach(([name, value]) => void changed.set(name, value));
  for (const [name, value] of add) {
    const before = changed.get(name);
    changed.set(name, before === undefined ? value : `${before},${value}`);
  }
  return changed;
}

/** A matched prefix is replaced; a path matched whole is replaced whole. */
function rewrittenPath(path: string, { action, match, byPathParts }: Route): string {
  const rewrite = action.kind === 'clusters' ? action.changes.rewrite : undefined;
  const end = path.search(/[?#]/);
  const [bare, query] = end < 0 ? [path, ''] : [path.slice(0, end), path.slice(end)];
  if (rewrite?.uriRegexRewrite) {
    return `${replacePattern(bare, fields(rewrite.uriRegexRewrite))}${query}`;
  }
  const uri = rewrite?.uri;
  if (!uri) {
    return path;
  }
  const matched = match?.uri?.exact ?? match?.uri?.prefix ?? '/';
  const prefix = byPathParts && matched !== '/' ? matched.replace(/\/$/, '') : matched;
  const rest = bare.slice(prefix.length);
  if (byPathParts && uri === '/') {
    return `/${rest.replace(/^\//, '')}${query}`;
  }
  return `${uri}${rest}${query}`;
}

/** Every match is replaced; `\1` stands for its first group. */
function replacePattern(path: string, { match, rewrite }: Fields): string {
  const pattern = readPattern(text(match) ?? '', 'g');
  return pattern
    ? path.replace(pattern, (text(rewrite) ?? '').replace(/\$/g, '$$$$').replace(/\\(\d)/g, '$$$1'))
    : path;
}
