import type { Memento } from 'vscode';
import type { TraceCall } from '../../../server/src/protocol/trace';

/** A request as someone asked for it. */
export interface RememberedCall {
  readonly url: string;
  /** `NAMESPACE`, or `NAMESPACE/LABEL=VALUE,…`. */
  readonly from: string;
  readonly call: TraceCall;
}

const key = 'istioEgress.tracedRequests';
const most = 20;

/** The requests of this workspace that were traced, the last one first. */
export class RememberedCalls {
  readonly #memento: Memento;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  get all(): readonly RememberedCall[] {
    const stored = this.#memento.get<readonly RememberedCall[]>(key, []);
    return Array.isArray(stored) ? stored.filter((it) => typeof it?.url === 'string' && it.call) : [];
  }

  async add(call: TraceCall, url: string): Promise<void> {
    const added = { url, from: clientOf(call), call };
    await this.#memento.update(key, [added, ...this.#others(added)].slice(0, most));
  }

  async remove(gone: RememberedCall): Promise<void> {
    await this.#memento.update(key, this.#others(gone));
  }

  #others({ url, from }: RememberedCall): readonly RememberedCall[] {
    return this.all.filter((it) => it.url !== url || it.from !== from);
  }
}

/** The client of a request as one types it. */
function clientOf({ from: { namespace, labels = {} } }: TraceCall): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? namespace : `${namespace}/${pairs.join(',')}`;
}
