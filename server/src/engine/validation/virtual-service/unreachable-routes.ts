import { quoted } from '../../schema/words';
import type { Part } from '../part';
import { headOf, type Report } from '../report';
import { checkPrefixes, type PrefixMatch, prefixMatchOf } from './prefix-matches';
import { SeenMatches } from './seen-matches';

/** Finds routes and matches behind others that take all their requests. */
export function checkReach(spec: Part, report: Report): void {
  for (const block of ['http', 'tls', 'tcp'] as const) {
    checkBlock(spec, block, report);
  }
}

function checkBlock(spec: Part, block: 'http' | 'tls' | 'tcp', report: Report): void {
  const routes = spec.items(block);
  if (routes.length < 2 && (routes[0]?.count('match') ?? 0) < 2) {
    return;
  }
  const seen = new SeenMatches<Earlier>(block === 'http');
  const prefixes: PrefixMatch[] = [];
  let open: Earlier | undefined;
  routes.forEach((route, index) => {
    const name = routeName(route, index, block);
    // A delegate may leave requests to the routes below.
    const isFinal = !route.has('delegate');
    const matches = route.items('match');
    if (open !== undefined) {
      tellUnreachable(route, open, report);
    }
    if (matches.length === 0) {
      open = { name, isFinal };
    } else if (open === undefined) {
      checkMatches({ route, name, isFinal, matches, isHttp: block === 'http' }, seen, prefixes, report);
    }
  });
  checkPrefixes(prefixes, report);
}

function tellUnreachable(route: Part, { name, isFinal }: Earlier, report: Report): void {
  const message = `${name} above has no "match" and takes every request, so none comes here: move it to the end`;
  tell(route, message, !isFinal, report);
}

function tell(route: Part, message: string, istioctlOnly: boolean, report: Report): void {
  const [at, details] = headOf(route);
  report.warn('virtual-service/unreachable-route', at, message, {
    ...details,
    istio: 'IST0130',
    istioctlOnly,
  });
}

interface Earlier {
  readonly name: string;
  /** Whether it takes every request it matches. */
  readonly isFinal: boolean;
}

interface Route extends Earlier {
  readonly route: Part;
  readonly matches: readonly Part[];
  readonly isHttp: boolean;
}

function checkMatches(
  { route, name, isFinal, matches, isHttp }: Route,
  seen: SeenMatches<Earlier>,
  prefixes: PrefixMatch[],
  report: Report,
): void {
  const repeated: (readonly [match: Part, earlier: Earlier])[] = [];
  for (const match of matches) {
    const earlier = seen.find(match, { name, isFinal });
    if (earlier !== undefined) {
      repeated.push([match, earlier]);
      continue;
    }
    const prefix = isHttp ? prefixMatchOf(match, name, isFinal) : undefined;
    if (prefix) {
      prefixes.push(prefix);
    }
  }
  const isUseless = repeated.length === matches.length;
  for (const [match, earlier] of repeated) {
    const message = `${earlier.name} has the same match and comes first, so this one takes nothing`;
    report.inform('virtual-service/ineffective-match', match, message, {
      istio: 'IST0131',
      istioctlOnly: isUseless || !earlier.isFinal,
    });
  }
  if (isUseless) {
    const names = [...new Set(repeated.map(([, it]) => it.name))];
    const message = `${names.join(' and ')} above match the same requests, so none comes here`;
    tell(
      route,
      names.length === 1 ? message.replace('match', 'matches') : message,
      !repeated.every(([, it]) => it.isFinal),
      report,
    );
  }
}

function routeName(route: Part, index: number, block: string): string {
  const name = block === 'http' ? route.text('name') : '';
  return `the route ${name === '' ? `${block}[${index}]` : quoted(name)}`;
}
