const usual: readonly string[] = [
  'apiVersion',
  'kind',
  'metadata',
  'spec',
  'number',
  'name',
  'namespace',
  'protocol',
  'host',
  'subset',
  'port',
  'hosts',
  'selector',
  'servers',
  'ports',
  'gateways',
  'sniHosts',
  'http',
  'tls',
  'tcp',
  'match',
  'route',
  'destination',
  'location',
  'resolution',
  'endpoints',
  'trafficPolicy',
  'subsets',
  'mode',
  'credentialName',
  'sni',
  'egress',
];

/** The order in which people write fields, where the schema only knows the alphabet. */
export function usualOrder(name: string): number {
  const index = usual.indexOf(name);
  return index < 0 ? usual.length : index;
}
