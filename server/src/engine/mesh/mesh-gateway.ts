import type { Resource } from '../model/resource';
import type { GatewayServer, Labels } from '../model/specs';
import type { Origin } from './origin';

/** A Gateway as istiod uses it. */
export interface MeshGateway {
  /** `namespace/name`: what VirtualServices call it. */
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly creationTimestamp?: string;
  readonly resource: Resource;
  /** Without a selector it runs on every gateway there is. */
  readonly selector?: Labels;
  /** A listener of the Gateway API runs on the pods of these Services only, by Service port. */
  readonly serviceHosts?: readonly string[];
  /** Istio runs its pods, so that it does not share them with Gateways of other namespaces. */
  readonly managed?: true;
  readonly servers: readonly PlacedServer[];
}

export interface PlacedServer {
  readonly gateway: MeshGateway;
  readonly server: GatewayServer;
  /** `host` or `namespace/host`: `./` is replaced, and a namespace that is any is left out. */
  readonly hosts: readonly string[];
  readonly origin: Origin;
}
