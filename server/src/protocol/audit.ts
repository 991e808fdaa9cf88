import type { PlainPlace } from '../protocol';
import type { TraceCall } from './trace';

/** Client → server: every way out of the scope of a file. */
export const auditRequest = 'istioEgress/audit';

export interface AuditParams extends AuditChoice {
  /** A file of the scope that is meant. */
  readonly uri: string;
}

/** What someone chose to see of an audit. */
export interface AuditChoice {
  /** Shows only rows that hold this text. */
  readonly filter?: string;
  /** Shows only rows that end so; without any, all. */
  readonly verdicts?: readonly AuditVerdict[];
  /** How many rows to send at most. */
  readonly most?: number;
}

export type AuditVerdict = 'gateway' | 'direct' | 'passthrough' | 'blocked' | 'broken' | 'not-evaluated';

/** What the page of the audit shows. Every text in it may come from a manifest, so it is shown as text and nothing else. */
export interface AuditReport {
  /** Name of the scope; empty for a file the server does not know. */
  readonly scope: string;
  /** How many ways end in which way, whatever is shown of them. */
  readonly counts: { readonly [verdict in AuditVerdict]?: number };
  /** Those that go round the gateway first. */
  readonly rows: readonly AuditReportRow[];
  /** How many rows there are to show, sent or not. */
  readonly matching: number;
  readonly enforcement: readonly AuditFact[];
  /** What the answers do not prove, in sentences. */
  readonly limits: readonly string[];
  /** Present when there is nothing to show: why, and what to do. */
  readonly empty?: { readonly title: string; readonly advice: string };
}

/** Requests to a host and a port that end alike, whichever of these namespaces they come from. */
export interface AuditReportRow {
  /** `*` is any host that nobody registered. */
  readonly host: string;
  /** `*` is any port that has no row of its own. */
  readonly port: string;
  readonly protocol: string;
  /** `NAMESPACE`, or `NAMESPACE/LABEL=VALUE,…`; the namespace `*` is any that the files say nothing of. */
  readonly from: readonly string[];
  readonly verdict: AuditVerdict;
  readonly via: readonly string[];
  /** Why, as a sentence. */
  readonly reason: string;
  /** What decided, the most telling first. */
  readonly places: readonly PlainPlace[];
  /** A request that ends so, where one can be named in full. */
  readonly call?: TraceCall;
}

export interface AuditFact {
  readonly state: 'closed' | 'partly' | 'open' | 'unknown';
  readonly text: string;
  readonly places: readonly PlainPlace[];
}

/** Client → server: the audit as a text to keep. */
export const auditTextRequest = 'istioEgress/auditText';

export interface AuditTextParams {
  readonly uri: string;
  readonly format: 'markdown' | 'csv';
}

export interface AuditText {
  readonly text: string;
}

/** Extension → page of the audit. */
export type ToAuditPage =
  | { readonly type: 'report'; readonly uri: string; readonly report: AuditReport }
  | { readonly type: 'trouble'; readonly message: string };

/** Page of the audit → extension. */
export type FromAuditPage =
  | { readonly type: 'ask'; readonly choice: AuditChoice; readonly uri?: string }
  | { readonly type: 'reveal'; readonly place: PlainPlace }
  | { readonly type: 'trace'; readonly call: TraceCall }
  | { readonly type: 'export'; readonly format: 'markdown' | 'csv' }
  | { readonly type: 'new-route' };
