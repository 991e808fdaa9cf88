import type { View } from '../workspace/view';
import type { Asker } from './asked';
import { type Destination, destinations } from './destinations';
import { follow } from './follow';
import type { Ending } from './row';
import { endingKey } from './row-key';
import { strangeHost } from './strangers';

/** An ending of requests to hosts that nobody registered, and the ports it holds for. */
export interface UnregisteredEnding {
  readonly ending: Ending;
  /** `*` is every port that has no row of its own. */
  readonly port: string;
  readonly protocol: string;
}

/** Ports applications use for anything, wherever the files listen on them. */
const usualPorts = [80, 443];
const ways = [
  { scheme: 'http', protocol: 'HTTP' },
  { scheme: 'https', protocol: 'TLS' },
  { scheme: 'tcp', protocol: 'TCP' },
] as const;

/** How requests end that are for no host of the files: mostly alike, except on ports that somebody took whole. */
export function unregistered(asker: Asker): readonly UnregisteredEnding[] {
  const { view, client } = asker;
  const ports = [...new Set([...usualPorts, ...knownPorts(view), ...client.capture.rules.excludedPorts])];
  const unused = unusedPort(ports);
  const [usual] = follow(asker, strange(unused, ways[1]));
  const usualKey = endingKey(usual!);
  const rows: UnregisteredEnding[] = [{ ending: usual!, port: '*', protocol: '*' }];
  for (const port of ports.toSorted((a, b) => a - b)) {
    const own = ways
      .map((way) => ({ protocol: way.protocol, ending: follow(asker, strange(port, way))[0]! }))
      .filter(({ ending }) => endingKey(ending) !== usualKey);
    const same = own.length === ways.length && new Set(own.map(({ ending }) => endingKey(ending))).size === 1;
    const told = same ? [{ ...own[0]!, protocol: '*' }] : own;
    rows.push(...told.map((it) => ({ ...it, port: String(port) })));
  }
  return rows;
}

function strange(port: number, { scheme, protocol }: (typeof ways)[number]): Destination {
  return {
    host: '*',
    sample: strangeHost,
    port,
    protocol,
    scheme,
    addresses: [],
    endpoints: [],
  };
}

function knownPorts(view: View): readonly number[] {
  const own = view
    .all('Sidecar')
    .flatMap((it) => (it.spec.egress ?? []).map(({ port }) => port?.number ?? 0));
  return [...new Set([...destinations(view).map((it) => it.port), ...own.filter((it) => it > 0)])];
}

function unusedPort(ports: readonly number[]): number {
  let port = 61_000;
  while (ports.includes(port)) {
    port += 1;
  }
  return port;
}
