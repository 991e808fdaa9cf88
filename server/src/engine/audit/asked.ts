import { type MeshProxy, sidecarProxy } from '../traffic/mesh-proxy';
import type { View } from '../workspace/view';
import { type Client, requestNamespace } from './clients';
import type { Destination } from './destinations';

/** Who asks: the pods, and the sidecar they have, if they have one. */
export interface Asker {
  readonly view: View;
  readonly client: Client;
  readonly proxy: MeshProxy;
}

/** Who asks for what: all that an ending is told from. */
export interface Asked extends Asker {
  readonly destination: Destination;
}

export function askerOf(view: View, client: Client): Asker {
  return { view, client, proxy: sidecarProxy(view, requestNamespace(client), client.labels) };
}
