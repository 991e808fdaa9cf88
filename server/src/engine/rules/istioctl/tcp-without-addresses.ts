import { meshFacts } from '../../mesh/facts';
import type { View } from '../../workspace/view';
import { message } from './message';

export const tcpWithoutAddresses = message({
  name: 'istioctl/tcp-without-addresses',
  istio: 'IST0134',
  severity: 'warning',
  summary: 'A ServiceEntry has a TCP port and no address, so its connections are told by the port alone.',
  on: 'ServiceEntry',

  *check({ spec }, view) {
    if ((spec.addresses ?? []).length > 0 || spec.allocated || isAllocated(view)) {
      return;
    }
    for (const [index, { protocol = '', number }] of (spec.ports ?? []).entries()) {
      if (protocol === '' || protocol.toUpperCase() === 'TCP') {
        yield {
          path: ['spec', 'ports', index, protocol === '' ? 'number' : 'protocol'],
          message: `Port ${number} is TCP and the ServiceEntry has no "addresses", so every TCP connection to that port is taken for this host`,
        };
      }
    }
  },
});

/** Whether proxies answer DNS and make up an address for each host. */
function isAllocated(view: View): boolean {
  const metadata = meshFacts(view).proxyMetadata.value;
  const allocators = ['ISTIO_META_DNS_AUTO_ALLOCATE', 'PILOT_ENABLE_IP_AUTOALLOCATE'];
  return metadata.ISTIO_META_DNS_CAPTURE === 'true' && allocators.some((name) => metadata[name] === 'true');
}
