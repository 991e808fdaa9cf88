import type { GraphPicture } from '../../server/src/protocol';

/** What lies on the ways through a node or an edge, itself included. */
export function waysThrough({ nodes, edges }: GraphPicture, id: string): ReadonlySet<string> {
  const own = edges.filter((it) => it.id === id || it.from === id || it.to === id);
  const kind = nodes.find((it) => it.id === id)?.kind;
  // Nearly everything passes a client or a gateway, so only what touches it is meant.
  const requests = new Set(kind === 'client' || kind === 'gateway' ? [] : own.flatMap((it) => it.requests));
  const all = new Set([...own, ...edges.filter((it) => it.requests.some((one) => requests.has(one)))]);
  return new Set([id, ...[...all].flatMap((it) => [it.id, it.from, it.to])]);
}
