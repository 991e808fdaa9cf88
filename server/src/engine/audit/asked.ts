import type { View } from '../workspace/view';
import type { Client } from './clients';
import type { Destination } from './destinations';

/** Who asks for what: all that an ending is told from. */
export interface Asked {
  readonly view: View;
  readonly client: Client;
  readonly destination: Destination;
}
