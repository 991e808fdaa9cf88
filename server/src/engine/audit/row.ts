import type { Origin } from '../mesh/origin';
import type { Labels } from '../model/specs';

/** Where requests end, the contract's words: only `gateway` leaves through one, `direct` and `passthrough` go round it. */
export type Verdict = 'gateway' | 'direct' | 'passthrough' | 'blocked' | 'broken' | 'not-evaluated';

/** What happens to requests, whoever makes them and whatever they are for. */
export interface Ending {
  readonly verdict: Verdict;
  /** The gateway Services passed, `namespace/name`, in order. */
  readonly via: readonly string[];
  /** Why, with the consequence: the end of a sentence that begins with "Requests". */
  readonly reason: string;
  /** The most telling first. */
  readonly decidedBy: readonly Origin[];
  /** Which of the requests, where they do not all end alike: a path, a header, an address. */
  readonly requests?: string;
  /** Share in percent of a split that ends in several ways. */
  readonly weight?: number;
}

/** Requests to one host and port from the pods of one namespace, or from those with certain labels. */
export interface AuditRow extends Ending {
  /** As written; `*` is any host that nobody registered, a block of addresses stands for itself. */
  readonly host: string;
  /** `*` is any port that has no row of its own. */
  readonly port: string;
  readonly protocol: string;
  /** The namespace `*` is any that the files say nothing of. */
  readonly from: { readonly namespace: string; readonly labels?: Labels };
}

/** Whether something outside of the routes keeps requests from going round the gateway. */
export interface Enforcement {
  readonly kind:
    | 'mesh-mode'
    | 'sidecar-mode'
    | 'network-policy'
    | 'gateway-policy'
    | 'exclusion'
    | 'injection'
    | 'unread';
  /** `closed` stops requests that go round, `partly` some of them, `open` none; `unknown` is not for the files to say. */
  readonly state: 'closed' | 'partly' | 'open' | 'unknown';
  readonly text: string;
  readonly decidedBy: readonly Origin[];
}

export interface Audit {
  readonly rows: readonly AuditRow[];
  readonly enforcement: readonly Enforcement[];
  /** What the answers do not prove, in sentences. */
  readonly limits: readonly string[];
}

/** An audit to be written down: with a name, and with places as people write them, `file:line:column`. */
export interface AuditedScope extends Audit {
  readonly name: string;
  placeText(origin: Origin): string | undefined;
}

/** Whether requests of such a row leave the mesh without a gateway. */
export function goesRound({ verdict }: Pick<AuditRow, 'verdict'>): boolean {
  return verdict === 'direct' || verdict === 'passthrough';
}
