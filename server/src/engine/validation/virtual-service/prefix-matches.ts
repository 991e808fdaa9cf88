import { quoted } from '../../schema/words';
import type { Part } from '../part';
import type { Report } from '../report';

/** A match by the beginning of the path. */
export interface PrefixMatch {
  readonly at: Part;
  readonly route: string;
  readonly prefix: string;
  /** Whether its route takes every request it matches: one that delegates may leave some to the routes below. */
  readonly isFinal: boolean;
}

export function prefixMatchOf(at: Part, route: string, isFinal: boolean): PrefixMatch | undefined {
  const prefix = at.get('uri')?.text('prefix') ?? '';
  return prefix === '' ? undefined : { at, route, prefix, isFinal };
}

/** Expressions are not looked into. */
function textOf(match: Part): string {
  const exact = match.text('exact');
  const prefix = match.text('prefix');
  return exact !== '' ? `exact ${exact}` : prefix === '' ? '' : `prefix ${prefix}`;
}

export function checkPrefixes(matches: readonly PrefixMatch[], report: Report): void {
  for (const [index, match] of matches.entries()) {
    const earlier = covering(matches, index);
    if (earlier) {
      const message = `${earlier.route} takes what starts with ${quoted(earlier.prefix)} first, so nothing is left for ${quoted(match.prefix)}: move the longer one up`;
      report.inform('virtual-service/ineffective-match', match.at, message, {
        istio: 'IST0131',
        istioctlOnly: !reallyCovers(earlier, match),
      });
    }
  }
}

/** The match above that takes the requests of this one, best one that really does. */
function covering(matches: readonly PrefixMatch[], index: number): PrefixMatch | undefined {
  const match = matches[index]!;
  let found: PrefixMatch | undefined;
  for (let above = 0; above < index; above++) {
    const earlier = matches[above]!;
    if (
      earlier.prefix !== match.prefix &&
      match.prefix.startsWith(earlier.prefix) &&
      covers(earlier.at, match.at)
    ) {
      if (reallyCovers(earlier, match)) {
        return earlier;
      }
      found ??= earlier;
    }
  }
  return found;
}

/** As istiod compares what else matches ask for; a method that is left out counts as GET. */
function covers(earlier: Part, later: Part): boolean {
  const method = (it: Part): string => textOf(it.field('method')) || 'exact GET';
  return (
    later.number('port') === earlier.number('port') &&
    method(earlier).startsWith(method(later)) &&
    textOf(earlier.field('authority')).startsWith(textOf(later.field('authority'))) &&
    ['headers', 'queryParams', 'withoutHeaders'].every((it) =>
      mapCovers(earlier.entries(it), later.entries(it)),
    )
  );
}

type Entries = readonly (readonly [key: string, value: Part])[];

function mapCovers(earlier: Entries, later: Entries): boolean {
  const texts = new Map(later.map(([key, value]) => [key, textOf(value)]));
  return (
    earlier.length === later.length &&
    earlier.every(([key, value]) => texts.has(key) && textOf(value).startsWith(texts.get(key)!))
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
