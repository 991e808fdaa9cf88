import type { HttpMatch, StringMatch, TcpMatch, TlsMatch } from '../model/specs';
import type { RouteBlock } from './hops';

type AnyMatch = HttpMatch & TlsMatch & TcpMatch;

/** Whether `earlier` takes every request that `later` takes on sidecars, where both count there. */
export function covers(block: RouteBlock, earlier: AnyMatch, later: AnyMatch): boolean {
  const [a, b] = [conditionsOf(block, earlier), conditionsOf(block, later)];
  return Object.entries(a).every(([key, wanted]) => {
    const given = b[key as keyof AnyMatch];
    switch (key) {
      case 'uri':
        return coversPath(wanted as StringMatch, given as StringMatch | undefined, later);
      case 'sniHosts':
        return (given as readonly string[] | undefined)?.every((it) => earlier.sniHosts!.includes(it));
      case 'headers':
      case 'withoutHeaders':
      case 'queryParams':
      case 'sourceLabels':
        return Object.entries(wanted as object).every(([name, value]) =>
          isSame(value, (given as { readonly [name: string]: unknown } | undefined)?.[name]),
        );
      default:
        return isSame(wanted, given);
    }
  });
}

/** Beside `gateways` Istio looks at no source of an HTTP request. */
function conditionsOf(block: RouteBlock, match: AnyMatch): Partial<AnyMatch> {
  const { gateways, name: _name, statPrefix: _prefix, ignoreUriCase: _case, ...conditions } = match;
  if (block !== 'http' || !gateways || gateways.length === 0) {
    return conditions;
  }
  const { sourceLabels: _labels, sourceNamespace: _namespace, ...others } = conditions;
  return others;
}

function coversPath(
  wanted: StringMatch,
  given: StringMatch | undefined,
  { ignoreUriCase }: HttpMatch,
): boolean {
  if (wanted.prefix === '/') {
    return true;
  }
  const start = given?.prefix ?? given?.exact;
  return wanted.prefix !== undefined && start !== undefined && !ignoreUriCase
    ? start.startsWith(wanted.prefix)
    : isSame(wanted, given);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
