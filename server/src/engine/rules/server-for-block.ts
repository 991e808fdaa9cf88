import type { RouteBlock } from '../intent/hops';
import { blockAt } from '../intent/second-hop';
import { isPassthrough } from '../mesh/merged-servers';
import type { PlacedServer } from '../mesh/mesh-gateway';
import type { YamlEdit } from '../yaml/edit';
import { edit, type RuleFix } from './rule';

/** Lets a server read a block of routes that it does not, by its protocol and where need be by its TLS mode. */
export function serverForBlock(placed: PlacedServer, block: RouteBlock): RuleFix | undefined {
  const { server, origin } = placed;
  const isTls = server.tls !== undefined;
  const ends = isTls && !isPassthrough(placed);
  const protocol =
    block === 'tls' ? 'TLS' : block === 'http' ? (ends ? 'HTTPS' : 'HTTP') : ends ? 'TLS' : 'TCP';
  const mode = block === 'tls' && !isPassthrough(placed) ? 'PASSTHROUGH' : undefined;
  if (blockAt(placed) === block || (block !== 'tls' && isTls && !ends)) {
    return undefined;
  }
  const edits: YamlEdit[] = [
    ...(server.port?.protocol === protocol
      ? []
      : [{ op: 'set' as const, path: [...origin.path, 'port', 'protocol'], value: protocol }]),
    ...(mode === undefined ? [] : [{ op: 'set' as const, path: [...origin.path, 'tls'], value: { mode } }]),
  ];
  const title = `Make the server ${protocol}${mode === undefined ? '' : ` with TLS mode ${mode}`}`;
  return edits.length > 0 ? edit(title, origin.resource, edits, { preferred: true }) : undefined;
}
