/** What Istio takes a port for. `unsupported` is everything it does not know, and is found out by sniffing. */
export type Protocol =
  | 'TCP'
  | 'UDP'
  | 'GRPC'
  | 'GRPC-Web'
  | 'HTTP'
  | 'HTTP_PROXY'
  | 'HTTP2'
  | 'HTTPS'
  | 'TLS'
  | 'Mongo'
  | 'Redis'
  | 'MySQL'
  | 'unsupported';

const known: readonly Protocol[] = [
  'TCP',
  'UDP',
  'GRPC',
  'GRPC-Web',
  'HTTP',
  'HTTP_PROXY',
  'HTTP2',
  'HTTPS',
  'TLS',
  'Mongo',
  'Redis',
  'MySQL',
];
const byName = new Map(known.map((protocol) => [protocol.toLowerCase(), protocol]));

export function parseProtocol(text: string | undefined): Protocol {
  return byName.get((text ?? '').toLowerCase()) ?? 'unsupported';
}

/** Ports whose clients wait for the server to speak first, so that nothing can be sniffed. */
const serverFirstPorts = new Set([25, 53, 3306, 27017]);

/** Kubernetes says the protocol in `appProtocol` or in the first part of the port's name. */
export function kubernetesProtocol(port: {
  readonly port?: number;
  readonly name?: string;
  readonly protocol?: string;
  readonly appProtocol?: string;
}): Protocol {
  if (port.protocol === 'UDP') {
    return 'UDP';
  }
  const standard = port.appProtocol === undefined ? undefined : kubernetesAppProtocols.get(port.appProtocol);
  if (standard) {
    return standard;
  }
  const name = port.appProtocol ?? port.name ?? '';
  if (name.toLowerCase().startsWith('grpc-web')) {
    return 'GRPC-Web';
  }
  const protocol = parseProtocol(name.split('-', 1)[0]);
  return protocol === 'unsupported' && serverFirstPorts.has(port.port ?? 0) ? 'TCP' : protocol;
}

const kubernetesAppProtocols: ReadonlyMap<string, Protocol> = new Map([
  ['kubernetes.io/h2c', 'HTTP2'],
  ['kubernetes.io/ws', 'HTTP'],
  ['kubernetes.io/wss', 'HTTPS'],
]);

const httpProtocols = new Set<Protocol>(['HTTP', 'HTTP2', 'HTTP_PROXY', 'GRPC', 'GRPC-Web']);

export function isHttp(protocol: Protocol): boolean {
  return httpProtocols.has(protocol);
}

/** HTTP, or taken for HTTP when the bytes look like it. */
export function isHttpOrSniffed(protocol: Protocol): boolean {
  return isHttp(protocol) || protocol === 'unsupported';
}

/** Routed by SNI. */
export function isTls(protocol: Protocol): boolean {
  return protocol === 'HTTPS' || protocol === 'TLS';
}
