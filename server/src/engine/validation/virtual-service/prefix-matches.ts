import { quoted } from '../../schema/words';
import type { Part } from '../part';
import type { Report } from '../report';

/** A match by the beginning of the path, as far as istiod compares it with others. */
export interface PrefixMatch {
  readonly at: Part;
  readonly route: string;
  readonly prefix: string;
  readonly port: number;
  readonly method: string;
  readonly authority: string;
  readonly maps: readonly ReadonlyMap<string, string>[];
  /** Whether its route takes every request it matches: one that delegates may leave some to the routes below. */
  readonly isFinal: boolean;
}

export function prefixMatchOf(match: Part, route: string, isFinal: boolean): PrefixMatch | undefined {
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
    isFinal,
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
    const before = matches.slice(0, index).filter((it) => it.prefix !== match.prefix && covers(it, match));
    const earlier = before.find((it) => reallyCovers(it, match)) ?? before[0];
    if (earlier) {
      const message = `${earlier.route} takes what starts with ${quoted(earlier.prefix)} first, so nothing is left for ${quoted(match.prefix)}: move the longer one up`;
      report.inform('virtual-service/ineffective-match', match.at, message, {
        istio: 'IST0131',
        istioctlOnly: !reallyCovers(earlier, match),
      });
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

/** istiod takes a match for covered also where the earlier one asks for a method, a host or headers of its own. */
function reallyCovers(earlier: PrefixMatch, later: PrefixMatch): boolean {
  const asked = [
    'method',
    'authority',
    'headers',
    'queryParams',
    'withoutHeaders',
    'sourceLabels',
    'gateways',
  ];
  const others = ['scheme', 'sourceNamespace', 'ignoreUriCase'];
  return (
    earlier.isFinal &&
    [...asked, ...others].every(
      (it) => !earlier.at.has(it) || sameText(earlier.at.field(it), later.at.field(it)),
    )
  );
}

function sameText(one: Part, other: Part): boolean {
  return JSON.stringify(one.value) === JSON.stringify(other.value);
}
