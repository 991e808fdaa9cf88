import type { Outcome, TracedPath } from '../traffic/request';

/** How a way of a request ends, and what to do about it where something is to be done. */
export interface OutcomeWords {
  readonly title: string;
  readonly advice?: string;
}

/** `asked` is the host and port of the request, which not every ending knows. */
export function outcomeWords(path: TracedPath, asked: string): OutcomeWords {
  const { outcome, via, host, port, status } = path;
  const target = host === undefined ? asked : `${host}:${port ?? ''}`;
  const where = path.hops.at(-1)?.proxy ?? 'the sidecar';
  switch (outcome) {
    case 'external':
      return { title: `Leaves for ${target}${via.length === 0 ? ' directly from the sidecar' : ''}` };
    case 'mesh':
      return { title: `Ends at ${target} inside the mesh` };
    case 'direct-response':
      return { title: `Is answered by the proxy with status ${status ?? ''}`.trimEnd() };
    case 'redirect':
      return { title: `Is sent back with a redirect${status ? `, status ${status}` : ''}` };
    default: {
      // Such a virtual host stands where nothing is bound to the server.
      const isUnbound = outcome === 'no-route' && path.hops.at(-1)?.virtualHost?.startsWith('blackhole:');
      const [title, advice] = failing[isUnbound ? 'no-virtual-host' : outcome];
      return { title: title.replace('TARGET', () => target).replace('WHERE', () => where), advice };
    }
  }
}

type Failing = Exclude<Outcome, 'external' | 'mesh' | 'direct-response' | 'redirect'>;

const failing: { readonly [outcome in Failing]: readonly [title: string, advice: string] } = {
  passthrough: [
    'Leaves for TARGET as it is: the mesh does not know this host and port',
    'Register the host with this port in a ServiceEntry, and route it through a gateway if it should pass one',
  ],
  blocked: [
    'Is refused: only registered hosts may be called, and TARGET is none',
    'Register the host with this port in a ServiceEntry that the namespace can see',
  ],
  'no-route': [
    'Gets 404 from WHERE: it has the host, but no route that fits',
    'Compare the matches of the routes with the path, the port and the gateway of this request',
  ],
  'no-virtual-host': [
    'Gets 404 from WHERE: nothing there has this host',
    'Bind a VirtualService with this host to the Gateway, and let both name the same host',
  ],
  'no-cluster': [
    'Gets 503 from WHERE: it does not know where the route leads',
    'Correct the host, the port or the subset of the destination, or define what it names',
  ],
  'no-endpoints': [
    'Gets 503 from WHERE: the destination has no address to connect to',
    'Give the host endpoints, or a resolution that finds them, such as DNS',
  ],
  'no-listener': [
    'Is refused at WHERE: nothing listens on the port it arrives at',
    'Add a server for this port to the Gateway, and bind a route to it',
  ],
  'no-filter-chain': [
    'Is closed at WHERE: no server there is for this kind of connection or this server name',
    'Compare protocol, TLS and hosts of the servers on this port with what arrives',
  ],
  'ambiguous-filter-chain': [
    'Is closed at WHERE: two servers or routes fit alike, so the proxy takes neither',
    'Remove one of the two, or make their hosts differ',
  ],
  'tls-mismatch': [
    'Fails in the TLS handshake at WHERE: both sides expect different kinds of TLS',
    'Let the TLS mode of the DestinationRule in front and of the server agree',
  ],
  'protocol-error': [
    'Fails at WHERE: what arrives is not the protocol the port is for',
    'Correct the protocol of the port, or how the application calls it',
  ],
  loop: [
    'Goes round in a circle: the gateway sends it to itself',
    'Let the route at the gateway lead to the host outside of the mesh, and bind it to that Gateway only',
  ],
  'other-cluster': ['Goes to another cluster', 'What happens there is not in these files'],
  'not-evaluated': ['Was not followed', 'See the reason: what decides is not in these files'],
};
