// Requests and notifications of ours, as plain types. Client, webview and server share this file, those in
// protocol/ and nothing else, so they import nothing.

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

export interface GraphParams extends GraphChoice {
  readonly uri: string;
}

/** What someone chose to see of a graph. */
export interface GraphChoice {
  /** The whole scope, or only what the file's own documents take part in. */
  readonly extent: 'scope' | 'file';
  /** Shows only ways through names that hold this text. */
  readonly filter?: string;
  /** Ids of groups that someone has opened. */
  readonly expanded?: readonly string[];
}

/** What the graph page draws. Every text in it may come from a manifest, so it is shown as text and nothing else. */
export interface GraphPicture {
  /** Name of the scope; empty for a file the server does not know. */
  readonly scope: string;
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly { readonly kind: GraphLane; readonly x: number; readonly width: number }[];
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  /** The same edges without groups, for the table. */
  readonly rows: readonly PictureRow[];
  /** Present when there is nothing to draw: why, and what to do. */
  readonly empty?: { readonly title: string; readonly advice: string };
}

export type GraphLane = 'client' | 'route' | 'gateway' | 'host';
export type GraphState = 'ok' | 'bypass' | 'blocked' | 'broken' | 'not-evaluated';

export interface PictureNode {
  readonly id: string;
  readonly kind: GraphLane;
  readonly label: string;
  readonly detail: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly place?: PlainPlace;
  /** How many nodes this one stands for. */
  readonly members?: number;
}

export interface PictureEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly state: GraphState;
  readonly why: readonly PictureReason[];
  readonly requests: readonly string[];
  /** The line as SVG path data, and where it arrives. */
  readonly path: string;
  readonly end: { readonly x: number; readonly y: number };
  readonly place?: PlainPlace;
}

/** Why an edge is not as it should be: a finding, or without a code what following a request has shown. */
export interface PictureReason {
  readonly message: string;
  readonly code?: string;
  readonly place?: PlainPlace;
}

/** One edge with names instead of ids. */
export interface PictureRow extends Omit<PictureEdge, 'path' | 'end'> {
  readonly fromLabel: string;
  readonly toLabel: string;
}

export interface PlainPlace {
  readonly uri: string;
  readonly range: PlainRange;
}

/** Client → server: which nodes and edges of the graph stand at a place of a file. */
export const graphSpotRequest = 'istioEgress/graphSpot';

export interface GraphSpotParams extends GraphParams {
  /** May be in another file than the one whose graph is shown. */
  readonly at: { readonly uri: string; readonly position: PlainPosition };
}

export interface GraphSpotResult {
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
}

/** Server → client: what was asked for a page, such as a graph or a trace, may be otherwise now. */
export const answersChanged = 'istioEgress/answersChanged';

/** Extension → graph page. */
export type ToGraphPage =
  | { readonly type: 'picture'; readonly params: GraphParams; readonly picture: GraphPicture }
  | { readonly type: 'spot'; readonly spot: GraphSpotResult }
  | { readonly type: 'trouble'; readonly message: string };

/** Graph page → extension. */
export type FromGraphPage =
  | {
      readonly type: 'ask';
      readonly choice: GraphChoice;
      /** Whether the graph is that of the editor in front; if not, that of the file it shows. */
      readonly follow: boolean;
      readonly uri?: string;
    }
  | { readonly type: 'reveal'; readonly place: PlainPlace }
  | { readonly type: 'new-route' };

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
  /** What documents that are there already lack, by the URI of their file. */
  readonly edits: readonly { readonly uri: string; readonly edits: readonly PlainEdit[] }[];
  /** What the user should know, such as a choice made for them. */
  readonly notes: readonly string[];
  /** Why there is nothing to write, when there is not. */
  readonly refused?: string;
}

export interface PlainEdit {
  readonly range: PlainRange;
  readonly newText: string;
}

/** Client → server: what a scaffold may choose from in the scope of a file. */
export const routeChoicesRequest = 'istioEgress/routeChoices';

export interface RouteChoicesParams {
  readonly uri?: string;
}

export interface RouteChoices {
  /** The likeliest first. */
  readonly gateways: readonly GatewayChoice[];
  /** The likeliest first. */
  readonly namespaces: readonly string[];
}

export interface GatewayChoice {
  /** `namespace/name` of the Service. */
  readonly service: string;
  readonly detail: string;
}

/** Client → server: why no route can be written for a host, while its name is being typed. */
export const hostTroubleRequest = 'istioEgress/hostTrouble';

export interface HostTroubleParams {
  readonly host: string;
  readonly uri?: string;
}

export interface HostTrouble {
  readonly trouble?: string;
}

export interface PlainPosition {
  readonly line: number;
  readonly character: number;
}

export interface PlainRange {
  readonly start: PlainPosition;
  readonly end: PlainPosition;
}

/** What {@link InitializationOptions.writeScopesCommand} is called with. */
export interface WriteScopesParams {
  /** A file of the workspace folder the scopes are for. */
  readonly uri: string;
  /** Entries of the setting `istioEgress.scopes`. */
  readonly scopes: readonly { readonly name: string; readonly include: readonly string[] }[];
}

/** What the client hands over when it starts the server. */
export interface InitializationOptions {
  /** A `file:` URI of the folder that holds the rule pages. */
  readonly pages?: string;
  /** A command of the client that writes scopes into its settings. Without one that fix is not offered. */
  readonly writeScopesCommand?: string;
  /** A command of the client that shows a trace, called with `TraceParams`. Without one there are no code lenses. */
  readonly traceCommand?: string;
  /** Whether another extension already answers for plain YAML (symbols, folding, syntax). */
  readonly yamlExtension?: boolean;
}
