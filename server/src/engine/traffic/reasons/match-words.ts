import type { HttpMatch, StringMatch, TlsMatch } from '../../model/specs';

/** What a match asks of a request, for people; nothing when it asks for nothing. */
export function matchWords(match: HttpMatch & TlsMatch): string {
  const { port, gateways, sniHosts, destinationSubnets, uri, scheme, method, authority } = match;
  const { headers = {}, withoutHeaders = {}, queryParams = {}, sourceLabels = {}, sourceNamespace } = match;
  const texts = { path: uri, scheme, method, authority };
  return [
    ...(gateways?.length ? [`gateway ${listed(gateways)}`] : []),
    ...(port ? [`port ${port}`] : []),
    ...(sniHosts?.length ? [`server name ${listed(sniHosts)}`] : []),
    ...(destinationSubnets?.length ? [`address in ${listed(destinationSubnets)}`] : []),
    ...Object.entries(texts).flatMap(([name, it]) => (it ? [`${name} ${textWords(it)}`] : [])),
    ...Object.entries(headers).map(([name, it]) => `header "${name}" ${textWords(it)}`),
    ...Object.entries(withoutHeaders).map(([name, it]) => `no header "${name}" ${textWords(it)}`),
    ...Object.entries(queryParams).map(([name, it]) => `parameter "${name}" ${textWords(it)}`),
    ...Object.entries(sourceLabels).map(([name, it]) => `client label "${name}: ${it}"`),
    ...(sourceNamespace ? [`client namespace "${sourceNamespace}"`] : []),
  ].join(', ');
}

function textWords({ exact, prefix, regex }: StringMatch): string {
  if (exact !== undefined) {
    return `"${exact}"`;
  }
  if (prefix !== undefined) {
    return `that starts with "${prefix}"`;
  }
  return regex === undefined ? 'of any value' : `like "${regex}"`;
}

/** The first few of a list, of which one is enough or all are meant; a file may hold thousands. */
export function listed(names: readonly string[], word: 'or' | 'and' = 'or'): string {
  const most = 3;
  const more = names.length - most;
  const shown = names.slice(0, most).map((it) => `"${it}"`);
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(` ${word} `);
}
