import { type Fields, fields, text } from '../../model/guards';
import type { HttpMatch, StringMatch } from '../../model/specs';
import { mapsIn } from './objects';

/** A match of an HTTPRoute in the words of a VirtualService. */
export function httpMatch(written: Fields): HttpMatch {
  const method = text(written.method);
  return {
    uri: pathMatch(fields(written.path)),
    ...(method && { method: { exact: method } }),
    headers: namedMatches(written, 'headers'),
    queryParams: namedMatches(written, 'queryParams'),
  };
}

/** A match of a GRPCRoute: services and methods are parts of the path. */
export function grpcMatch(written: Fields): HttpMatch {
  const { service, method, type } = fields(written.method);
  const [ownService, ownMethod] = [text(service) ?? '', text(method) ?? ''];
  const headers = namedMatches(written, 'headers');
  if (ownService === '' && ownMethod === '') {
    return { headers };
  }
  if (type === 'RegularExpression') {
    return { uri: { regex: `/${ownService || '[^/]+'}/${ownMethod || '[^/]+'}` }, headers };
  }
  const uri: StringMatch =
    ownService === ''
      ? { regex: `/[^/]+/${ownMethod}` }
      : ownMethod === ''
        ? { prefix: `/${ownService}/` }
        : { exact: `/${ownService}/${ownMethod}` };
  return { uri, headers };
}

function pathMatch({ type, value }: Fields): StringMatch {
  const path = text(value) ?? '/';
  switch (type) {
    case 'Exact':
      return { exact: path };
    case 'RegularExpression':
      return { regex: path };
    default:
      return { prefix: path === '/' ? path : path.replace(/\/$/, '') };
  }
}

function namedMatches(written: Fields, name: string): { readonly [name: string]: StringMatch } {
  return Object.fromEntries(
    mapsIn(written, name).map((it) => {
      const value = text(it.value) ?? '';
      return [text(it.name) ?? '', it.type === 'RegularExpression' ? { regex: value } : { exact: value }];
    }),
  );
}

/** Exact paths come first, then longer prefixes, then more conditions. */
export function compareMatches(a: HttpMatch | undefined, b: HttpMatch | undefined): number {
  if (!a || !b) {
    return Number(!a) - Number(!b);
  }
  return (
    rankOf(b) - rankOf(a) ||
    lengthOf(b) - lengthOf(a) ||
    Number(b.method !== undefined) - Number(a.method !== undefined) ||
    countOf(b.headers) - countOf(a.headers) ||
    countOf(b.queryParams) - countOf(a.queryParams)
  );
}

function rankOf({ uri }: HttpMatch): number {
  return uri?.exact !== undefined ? 3 : uri?.prefix !== undefined ? 2 : uri?.regex !== undefined ? 1 : -1;
}

function lengthOf({ uri }: HttpMatch): number {
  return (uri?.exact ?? uri?.prefix ?? uri?.regex ?? '').length;
}

function countOf(matches: object | undefined): number {
  return Object.keys(matches ?? {}).length;
}
