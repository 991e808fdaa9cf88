import { quoted } from '../schema/words';
import type { Part } from './part';
import type { Report } from './report';

/** A match by the beginning of the path, as far as istiod compares it with others. */
export interface PrefixMatch {
  readonly at: Part;
  readonly route: string;
  readonly prefix: string;
  readonly port: number;
  readonly method: string;
  readonly authority: string;
  readonly maps: readonly ReadonlyMap<string, string>[];
}

export function prefixMatchOf(match: Part, route: string): PrefixMatch | undefined {
  const prefix = match.field('uri').text('prefix');
  if (prefix === '') {
    return undefined;
  }
  const maps = ['headers', 'queryParams', 'withoutHeaders'].map(
    (name) => new Map(match.entries(name).map(([key, value]) => [key, textOf(value)])),
  );
  return {
    at: match,
    route,
    prefix,
    port: match.number('port'),
    method: textOf(match.field('method')) || 'exact GET',
    authority: textOf(match.field('authority')),
    maps,
  };
}

/** Expressions are not looked into. */
function textOf(match: Part): string {
  const exact = match.text('exact');
  const prefix = match.text('prefix');
  return exact !== '' ? `exact ${exact}` : prefix === '' ? '' : `prefix ${prefix}`;
}

export function checkPrefixes(matches: readonly PrefixMatch[], report: Report): void {
  matches.forEach((match, index) => {
    const earlier = matches.slice(0, index).find((it) => it.prefix !== match.prefix && covers(it, match));
    if (earlier) {
      const message = `${earlier.route} takes what starts with ${quoted(earlier.prefix)} first, so nothing is left for ${quoted(match.prefix)}: move the longer one up`;
      report.inform('virtual-service/ineffective-match', match.at, message, { istio: 'IST0131' });
    }
  });
}

function covers(earlier: PrefixMatch, later: PrefixMatch): boolean {
  return (
    later.prefix.startsWith(earlier.prefix) &&
    later.port === earlier.port &&
    earlier.method.startsWith(later.method) &&
    earlier.authority.startsWith(later.authority) &&
    earlier.maps.every((map, index) => mapCovers(map, later.maps[index]!))
  );
}

function mapCovers(earlier: ReadonlyMap<string, string>, later: ReadonlyMap<string, string>): boolean {
  return (
    earlier.size === later.size &&
    [...earlier].every(([key, value]) => later.has(key) && value.startsWith(later.get(key)!))
  );
}
