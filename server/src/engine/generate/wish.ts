import { isHttpOrSniffed, isTls, parseProtocol } from '../mesh/protocols';

export const routePatterns = ['http', 'tls-passthrough', 'originate-gateway', 'originate-sidecar'] as const;

/**
 * What the mesh does with a client's plain HTTP. Ports on which clients speak TLS themselves are always let
 * through by server name, because nothing else can be done with them.
 *
 * `http` and `tls-passthrough`: as it comes. `originate-gateway`: the gateway encrypts on the way out.
 * `originate-sidecar`: the client's sidecar encrypts, and the request leaves from there without a gateway.
 */
export type RoutePattern = (typeof routePatterns)[number];

/** The route somebody asks for. */
export interface RouteWish {
  readonly host: string;
  /** The ports clients call. Without them: those of the ServiceEntry, else those of the pattern, else 80 and 443. */
  readonly ports?: readonly WishedPort[];
  readonly pattern?: RoutePattern;
  /** Where the route's own documents live. */
  readonly namespace: string;
  /** The Service of the egress gateway; without it the one the scope uses, else the stock one. */
  readonly gateway?: { readonly namespace: string; readonly name: string };
  /** Namespaces whose pods use the route, besides the route's own. */
  readonly clientNamespaces?: readonly string[];
  /** Whether the way to the gateway has mutual TLS of the mesh. Only `originate-gateway` has it without asking. */
  readonly hop?: 'plain' | 'mutual';
  /** False leaves the route's namespace out of its documents, as files do that are applied with `-n`. */
  readonly writeNamespace?: boolean;
}

export interface WishedPort {
  readonly number: number;
  /** As in a ServiceEntry; by the number when it is left out. */
  readonly protocol?: string;
}

/** One port clients call, and what happens to it. */
export interface Flow {
  readonly port: number;
  /** What to declare when the ServiceEntry has not got the port. */
  readonly protocol: string;
  /** The block that routes it in sidecars. */
  readonly block: 'http' | 'tls';
  /** Who turns plain HTTP into HTTPS, if anybody. */
  readonly originator?: 'gateway' | 'sidecar';
}

/** The port on which a host that is called over plain HTTP answers HTTPS. */
export const securePort = 443;

/** The ports of the wish as flows; what cannot be done is said in `notes`. */
export function flowsOf(
  ports: readonly WishedPort[],
  pattern: RoutePattern,
): { readonly flows: readonly Flow[]; readonly notes: readonly string[] } {
  const notes: string[] = [];
  const flows: Flow[] = [];
  const originates = pattern === 'originate-gateway' || pattern === 'originate-sidecar';
  for (const port of distinct(ports)) {
    const protocol = port.protocol ?? usualProtocol(port.number, originates);
    if (speaksHttp(protocol)) {
      flows.push({ port: port.number, protocol, block: 'http', ...originatorOf(pattern) });
    } else if (speaksTls(protocol)) {
      flows.push({ port: port.number, protocol, block: 'tls' });
    } else {
      notes.push(
        `Port ${port.number} speaks "${protocol}", which names no host, so it cannot share a gateway port: write its route by hand`,
      );
    }
  }
  if (originates && flows.length > 0 && !flows.some((flow) => flow.block === 'http')) {
    notes.push('Clients have to call the host over plain HTTP for TLS to be originated, so port 80 is added');
    flows.unshift({ port: 80, protocol: 'HTTP', block: 'http', ...originatorOf(pattern) });
  }
  return { flows, notes };
}

/** The ports a pattern is about when nobody names any. */
export function usualPorts(pattern: RoutePattern | undefined): readonly WishedPort[] {
  switch (pattern) {
    case 'http':
      return [{ number: 80 }];
    case 'tls-passthrough':
      return [{ number: 443 }];
    default:
      return [{ number: 80 }, { number: 443 }];
  }
}

function originatorOf(pattern: RoutePattern): Pick<Flow, 'originator'> {
  switch (pattern) {
    case 'originate-gateway':
      return { originator: 'gateway' };
    case 'originate-sidecar':
      return { originator: 'sidecar' };
    default:
      return {};
  }
}

/** TLS that is only passed on may hold anything; what plain HTTP is turned into is HTTPS. */
function usualProtocol(port: number, originates: boolean): string {
  return port !== securePort && port !== 8443 ? 'HTTP' : originates ? 'HTTPS' : 'TLS';
}

function distinct(ports: readonly WishedPort[]): WishedPort[] {
  const byNumber = new Map(ports.map((port) => [port.number, port]));
  return [...byNumber.values()].filter(
    ({ number }) => Number.isInteger(number) && number > 0 && number < 65536,
  );
}

/** A port that says nothing is sniffed, and HTTP is found on it. */
export function speaksHttp(protocol: string | undefined): boolean {
  return isHttpOrSniffed(parseProtocol(protocol));
}

export function speaksTls(protocol: string | undefined): boolean {
  return isTls(parseProtocol(protocol));
}
