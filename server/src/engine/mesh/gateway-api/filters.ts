import { type Fields, fields, text, whole } from '../../model/guards';
import type { HttpRoute } from '../../model/specs';
import { mapsIn, textsIn } from './objects';

/** What the filters of a rule come to in the words of a VirtualService. */
export function filtersOf(rule: Fields): Pick<HttpRoute, 'redirect' | 'rewrite' | 'headers'> | undefined {
  const filters = mapsIn(rule, 'filters');
  if (!filters.every((it) => known.has(text(it.type) ?? ''))) {
    return undefined;
  }
  const redirect = filters.find((it) => it.type === 'RequestRedirect');
  const rewrite = filters.find((it) => it.type === 'URLRewrite');
  const headers = headersOf(rule);
  const changes = rewrite && rewriteOf(fields(rewrite.urlRewrite));
  const status = whole(fields(redirect?.requestRedirect).statusCode);
  return {
    ...(redirect && { redirect: { ...(status !== undefined && { redirectCode: status }) } }),
    ...(changes && { rewrite: changes }),
    ...(headers && { headers }),
  };
}

const known: ReadonlySet<string> = new Set([
  'RequestHeaderModifier',
  'ResponseHeaderModifier',
  'RequestRedirect',
  'RequestMirror',
  'URLRewrite',
  'CORS',
]);

function rewriteOf({ hostname, path }: Fields): HttpRoute['rewrite'] {
  const authority = text(hostname);
  const prefix = text(fields(path).replacePrefixMatch);
  return {
    ...(authority && { authority }),
    ...(prefix !== undefined && { uri: prefix.replace(/\/$/, '') || '/' }),
  };
}

/** Changes to the headers of a request, of a rule or of one of its backends. */
export function headersOf(of: Fields): object | undefined {
  const filter = mapsIn(of, 'filters').find((it) => it.type === 'RequestHeaderModifier');
  if (!filter) {
    return undefined;
  }
  const modifier = fields(filter.requestHeaderModifier);
  const values = (name: string): Fields =>
    Object.fromEntries(mapsIn(modifier, name).map((it) => [text(it.name) ?? '', it.value]));
  return { request: { set: values('set'), add: values('add'), remove: textsIn(modifier, 'remove') } };
}
