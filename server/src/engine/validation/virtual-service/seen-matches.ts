import { isRecord, type Part } from '../part';

/** The matches of a block so far, to find one that is the same. */
export class SeenMatches<Route> {
  readonly #isHttp: boolean;
  readonly #matches = new Map<string, { readonly match: Part; readonly route: Route }[]>();

  constructor(isHttp: boolean) {
    this.#isHttp = isHttp;
  }

  /** The route that has the same match already; otherwise `route` has it from now on. */
  find(match: Part, route: Route): Route | undefined {
    const outline = outlineOf(match);
    const alike = this.#matches.get(outline);
    if (!alike) {
      this.#matches.set(outline, [{ match, route }]);
      return undefined;
    }
    const key = keyOf(match.value, this.#isHttp);
    const same = alike.find((it) => keyOf(it.match.value, this.#isHttp) === key);
    if (!same) {
      alike.push({ match, route });
    }
    return same?.route;
  }
}

/** What differs in most matches that are not the same. */
function outlineOf(match: Part): string {
  const uri = match.get('uri');
  const path = uri ? uri.text('prefix') || uri.text('exact') || uri.text('regex') : '';
  const gateway = match.items('gateways')[0]?.asText ?? '';
  const host = match.items('sniHosts')[0]?.asText ?? '';
  return `${match.number('port')} ${gateway} ${host} ${path}`;
}

/** The same text for the same match: the order of keys, empty values and names of matches do not count. */
function keyOf(value: unknown, isHttp: boolean): string {
  const bare = isHttp && isRecord(value) ? { ...value, name: undefined } : value;
  return JSON.stringify(ordered(bare)) ?? '';
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(ordered);
  }
  if (!isRecord(value)) {
    return value;
  }
  const set = Object.entries(value).filter(([, it]) => !isAbsent(it));
  return Object.fromEntries(
    set.map(([key, it]) => [key, ordered(it)] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function isAbsent(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === false ||
    value === 0 ||
    (Array.isArray(value) && value.length === 0)
  );
}
