// The parts of each kind's spec that Istio's routing depends on. Every member may be absent, because a manifest
// is read while it is typed; a member that is there has this type, because `lower.ts` drops what has not.

export interface ServiceEntrySpec {
  readonly hosts?: readonly string[];
  readonly addresses?: readonly string[];
  readonly ports?: readonly ServicePort[];
  readonly location?: string;
  readonly resolution?: string;
  readonly endpoints?: readonly WorkloadEntrySpec[];
  readonly workloadSelector?: { readonly labels?: Labels };
  readonly exportTo?: readonly string[];
  readonly subjectAltNames?: readonly string[];
  /** Its status tells of addresses that istiod has chosen. */
  readonly allocated?: true;
}

export interface ServicePort {
  readonly number?: number;
  readonly protocol?: string;
  readonly name?: string;
  readonly targetPort?: number;
}

export interface WorkloadEntrySpec {
  readonly address?: string;
  readonly ports?: { readonly [name: string]: number };
  readonly labels?: Labels;
  readonly network?: string;
  readonly locality?: string;
  readonly weight?: number;
  readonly serviceAccount?: string;
}

export interface GatewaySpec {
  readonly selector?: Labels;
  readonly servers?: readonly GatewayServer[];
}

export interface GatewayServer {
  readonly port?: ServicePort;
  readonly bind?: string;
  readonly hosts?: readonly string[];
  readonly tls?: ServerTls;
  readonly name?: string;
}

export interface ServerTls {
  readonly mode?: string;
  readonly httpsRedirect?: boolean;
  readonly credentialName?: string;
  readonly serverCertificate?: string;
  readonly privateKey?: string;
  readonly caCertificates?: string;
  readonly subjectAltNames?: readonly string[];
}

export interface DestinationRuleSpec {
  readonly host?: string;
  readonly trafficPolicy?: TrafficPolicy;
  readonly subsets?: readonly Subset[];
  readonly exportTo?: readonly string[];
  readonly workloadSelector?: { readonly matchLabels?: Labels };
}

export interface Subset {
  readonly name?: string;
  readonly labels?: Labels;
  readonly trafficPolicy?: TrafficPolicy;
}

export interface TrafficPolicy {
  readonly tls?: ClientTls;
  readonly portLevelSettings?: readonly (TrafficPolicy & { readonly port?: { readonly number?: number } })[];
  readonly tunnel?: {
    readonly protocol?: string;
    readonly targetHost?: string;
    readonly targetPort?: number;
  };
  readonly proxyProtocol?: { readonly version?: string };
  readonly loadBalancer?: object;
  readonly connectionPool?: object;
  readonly outlierDetection?: object;
}

export interface ClientTls {
  readonly mode?: string;
  readonly sni?: string;
  readonly credentialName?: string;
  readonly clientCertificate?: string;
  readonly privateKey?: string;
  readonly caCertificates?: string;
  readonly subjectAltNames?: readonly string[];
  readonly insecureSkipVerify?: boolean;
}

export interface VirtualServiceSpec {
  readonly hosts?: readonly string[];
  readonly gateways?: readonly string[];
  readonly http?: readonly HttpRoute[];
  readonly tls?: readonly TlsRoute[];
  readonly tcp?: readonly TcpRoute[];
  readonly exportTo?: readonly string[];
}

export interface HttpRoute {
  readonly name?: string;
  readonly match?: readonly HttpMatch[];
  readonly route?: readonly RouteDestination[];
  readonly redirect?: HttpRedirect;
  readonly directResponse?: { readonly status?: number };
  readonly delegate?: { readonly name?: string; readonly namespace?: string };
  readonly rewrite?: {
    readonly uri?: string;
    readonly authority?: string;
    readonly uriRegexRewrite?: object;
  };
  readonly mirror?: Destination;
  readonly mirrors?: readonly { readonly destination?: Destination }[];
  readonly fault?: object;
  readonly headers?: object;
  readonly timeout?: string;
}

export interface HttpRedirect {
  readonly uri?: string;
  readonly authority?: string;
  readonly port?: number;
  readonly derivePort?: string;
  readonly scheme?: string;
  readonly redirectCode?: number;
}

export interface StringMatch {
  readonly exact?: string;
  readonly prefix?: string;
  readonly regex?: string;
}

/** What the three match kinds share. */
export interface RouteMatch {
  readonly gateways?: readonly string[];
  readonly port?: number;
  readonly sourceLabels?: Labels;
  readonly sourceNamespace?: string;
}

export interface HttpMatch extends RouteMatch {
  readonly name?: string;
  readonly uri?: StringMatch;
  readonly scheme?: StringMatch;
  readonly method?: StringMatch;
  readonly authority?: StringMatch;
  readonly headers?: { readonly [name: string]: StringMatch };
  readonly withoutHeaders?: { readonly [name: string]: StringMatch };
  readonly queryParams?: { readonly [name: string]: StringMatch };
  readonly ignoreUriCase?: boolean;
  readonly statPrefix?: string;
}

export interface TlsMatch extends RouteMatch {
  readonly sniHosts?: readonly string[];
  readonly destinationSubnets?: readonly string[];
}

export interface TcpMatch extends RouteMatch {
  readonly destinationSubnets?: readonly string[];
  readonly sourceSubnet?: string;
}

export interface TlsRoute {
  readonly match?: readonly TlsMatch[];
  readonly route?: readonly RouteDestination[];
}

export interface TcpRoute {
  readonly match?: readonly TcpMatch[];
  readonly route?: readonly RouteDestination[];
}

export interface RouteDestination {
  readonly destination?: Destination;
  readonly weight?: number;
  readonly headers?: object;
}

export interface Destination {
  readonly host?: string;
  readonly subset?: string;
  readonly port?: { readonly number?: number };
}

export interface SidecarSpec {
  readonly workloadSelector?: { readonly labels?: Labels };
  readonly egress?: readonly SidecarEgress[];
  readonly ingress?: readonly object[];
  readonly outboundTrafficPolicy?: { readonly mode?: string; readonly egressProxy?: Destination };
}

export interface SidecarEgress {
  readonly port?: ServicePort;
  readonly bind?: string;
  readonly captureMode?: string;
  readonly hosts?: readonly string[];
}

/** A core Service, with the defaults an API server fills in. */
export interface ServiceSpec {
  readonly type?: string;
  readonly selector?: Labels;
  readonly clusterIP?: string;
  readonly externalName?: string;
  readonly ports?: readonly KubernetesServicePort[];
}

export interface KubernetesServicePort {
  readonly name?: string;
  readonly port?: number;
  /** A number, or the name of a container port. */
  readonly targetPort?: number | string;
  readonly protocol?: string;
  readonly appProtocol?: string;
}

/** A Pod, or the template of a Deployment, StatefulSet, DaemonSet, ReplicaSet. */
export interface WorkloadSpec {
  /** The labels by which a template knows its Pods. */
  readonly selector?: Labels;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  readonly hostNetwork?: boolean;
  /** Where a Pod runs. */
  readonly nodeName?: string;
  readonly runAsUser?: number;
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
}

export interface Container {
  readonly name?: string;
  readonly image?: string;
  readonly ports?: readonly { readonly name?: string; readonly containerPort?: number }[];
  readonly runAsUser?: number;
  /** Environment variables with a value of their own; the values are not kept. */
  readonly variables?: readonly string[];
}

export type NamespaceSpec = Readonly<Record<never, never>>;

export interface ConfigMapSpec {
  readonly data?: { readonly [key: string]: string };
}

export interface SecretSpec {
  readonly type?: string;
  readonly keys?: readonly string[];
  /** The keys whose values are in the form of certificates and private keys (PEM). */
  readonly pem?: readonly string[];
}

/** Kinds whose spec no rule of ours reads in detail yet. */
export interface OtherSpec {
  readonly [key: string]: unknown;
}

export interface Labels {
  readonly [name: string]: string;
}
