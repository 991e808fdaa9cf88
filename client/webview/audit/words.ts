import type { GraphState } from '../../../server/src/protocol';
import type { AuditFact, AuditVerdict } from '../../../server/src/protocol/audit';

/** What goes round the gateway first. */
export const verdicts: readonly AuditVerdict[] = [
  'direct',
  'passthrough',
  'broken',
  'not-evaluated',
  'blocked',
  'gateway',
];

export const verdictWords: { readonly [verdict in AuditVerdict]: string } = {
  gateway: 'gateway',
  direct: 'direct',
  passthrough: 'passthrough',
  blocked: 'blocked',
  broken: 'broken',
  'not-evaluated': 'unknown',
};

export const verdictTitles: { readonly [verdict in AuditVerdict]: string } = {
  gateway: 'Requests leave through a gateway',
  direct: 'Requests to a registered host leave without a gateway',
  passthrough: 'Requests to a host nobody registered leave as they are',
  blocked: 'No request leaves',
  broken: 'Requests fail on the way',
  'not-evaluated': 'Something on the way is not known',
};

/** The look of the graph for the same thing. */
export const stateOf: { readonly [verdict in AuditVerdict]: GraphState } = {
  gateway: 'ok',
  direct: 'bypass',
  passthrough: 'bypass',
  blocked: 'blocked',
  broken: 'broken',
  'not-evaluated': 'not-evaluated',
};

export const factStates: { readonly [state in AuditFact['state']]: GraphState } = {
  closed: 'ok',
  partly: 'not-evaluated',
  open: 'bypass',
  unknown: 'not-evaluated',
};

export const hostName = (host: string): string => (host === '*' ? 'any other host' : host);

export const portName = (port: string, protocol: string): string =>
  port === '*' ? 'any port' : protocol === '*' ? port : `${port} ${protocol}`;

export const clientName = (from: string): string => (from === '*' ? 'any namespace' : from);
