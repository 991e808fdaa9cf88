import { isPassthrough } from '../mesh/merged-servers';
import { parseProtocol } from '../mesh/protocols';
import type { View } from '../workspace/view';
import type { TlsDisagreement } from './hop-tls';
import { reception } from './reception';
import { blockAt } from './second-hop';

/**
 * The TLS mode a server would need for what sidecars send and for the routes behind it, where its own fits neither:
 * then the two agree, and the mode is what somebody got wrong.
 */
export function meantMode(
  view: View,
  { server, hop, host, client }: TlsDisagreement,
): 'ISTIO_MUTUAL' | 'PASSTHROUGH' | undefined {
  const found = reception(view, hop, host);
  const bound = 'bound' in found ? found.bound.filter((it) => it.server === server) : [];
  const blocks = new Set(bound.flatMap(({ routes }) => routes.map((it) => it.block)));
  if (blocks.size === 0 || blocks.has(blockAt(server))) {
    return undefined;
  }
  const mode = client?.value.mode ?? 'DISABLE';
  const decrypted = parseProtocol(server.server.port?.protocol) === 'HTTPS' ? 'http' : 'tcp';
  if (mode === 'ISTIO_MUTUAL' && isPassthrough(server) && blocks.has(decrypted)) {
    return 'ISTIO_MUTUAL';
  }
  return mode === 'DISABLE' && blocks.has('tls') ? 'PASSTHROUGH' : undefined;
}
