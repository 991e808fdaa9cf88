// Requests and notifications of ours, as plain types. Client, webview and server share this file and nothing
// else, so it imports nothing.

/** Client → server: what the status item, context keys and titles need to know of a file. */
export const documentInfoRequest = 'istioEgress/documentInfo';

export interface DocumentInfoParams {
  readonly uri: string;
}

export interface DocumentInfo {
  /** Whether the file holds an object of an Istio API group. */
  readonly isIstio: boolean;
  /** Names of the scopes the file belongs to, nearest first. Empty for files the server does not know. */
  readonly scopes: readonly string[];
  /** Why the file was not read, for people. */
  readonly skipped?: string;
}

/** Server → client: the answers to {@link documentInfoRequest} may be others now. */
export const documentInfoChanged = 'istioEgress/documentInfoChanged';

/** Server → client: how far the server is, for the status item. */
export const statusNotification = 'istioEgress/status';

export interface ServerStatus {
  readonly state: 'indexing' | 'ready';
  readonly files: number;
}

/** Client → server: the graph of a file's scope. */
export const graphRequest = 'istioEgress/graph';

export interface GraphParams {
  readonly uri: string;
  /** The whole scope, or only what the file's own documents take part in. */
  readonly extent: 'scope' | 'file';
}

/** Client → server: write an egress route for a host. */
export const generateRequest = 'istioEgress/generate';

export interface GenerateParams {
  readonly host: string;
  readonly pattern?: RoutePattern;
  readonly ports?: readonly number[];
  readonly namespace?: string;
  /** `namespace/name` of the gateway Service. */
  readonly gateway?: string;
  /** One file, or one for each document. */
  readonly layout?: 'one' | 'several';
  /** The file whose scope the route joins. Without one the route starts from nothing. */
  readonly uri?: string;
}

export type RoutePattern = 'http' | 'tls-passthrough' | 'originate-gateway' | 'originate-sidecar';

export interface GenerateResult {
  /** Documents to write, in order, with a name for a file of their own. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** What the user should know, such as a choice made for them. */
  readonly notes: readonly string[];
}

/** Client → server: gateways a scaffold may choose from. */
export const gatewaysRequest = 'istioEgress/gateways';

export interface GatewayChoice {
  /** `namespace/name` of the Service. */
  readonly service: string;
  readonly detail: string;
}

export interface PlainPosition {
  readonly line: number;
  readonly character: number;
}

export interface PlainRange {
  readonly start: PlainPosition;
  readonly end: PlainPosition;
}

/** What the client hands over when it starts the server. */
export interface InitializationOptions {
  /** A `file:` URI of the folder that holds the rule pages. */
  readonly pages?: string;
  /** Whether another extension already answers for plain YAML (symbols, folding, syntax). */
  readonly yamlExtension?: boolean;
}
