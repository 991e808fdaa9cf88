import { isSelectedBy } from '../mesh/destination-rules';
import {
  findGatewayProxy,
  type GatewayProxy,
  gatewayProxies,
  gatewaysOn,
  meshGateways,
} from '../mesh/gateways';
import { kubernetesName, serviceHostname } from '../mesh/hosts';
import { knownGateways, stockGateway } from '../mesh/installed-gateways';
import type { MeshGateway } from '../mesh/mesh-gateway';
import { servicesNamed } from '../mesh/registry';
import { knownGatewayService, type MeshPort, type MeshService } from '../mesh/service';
import { virtualServices } from '../mesh/virtual-services';
import type { Labels } from '../model/specs';
import { nearest } from '../text/nearest';
import type { View } from '../workspace/view';

/** The gateway a route goes through. */
export interface EgressGateway {
  readonly namespace: string;
  readonly name: string;
  /** The full name of its Service. */
  readonly host: string;
  readonly service: MeshService;
  /** Absent while no Gateway selects its pods. */
  readonly proxy: GatewayProxy | undefined;
  /** The labels of its pods, as far as anybody says. */
  readonly labels: Labels;
  /** What a Gateway has to write to run on its pods. */
  readonly selector: Labels;
  readonly ports: readonly MeshPort[];
  /** Whether the files define it, so that its namespace is the author's too. */
  readonly own: boolean;
  /** False when routes name it and nobody declares it: then it lives elsewhere, and its ports are a guess. */
  readonly known: boolean;
}

export function describeGateway(view: View, service: MeshService, known = true): EgressGateway {
  const proxy = known ? findGatewayProxy(view, service.hostname) : undefined;
  const labels = proxy?.labels ?? service.selector ?? {};
  return {
    namespace: service.namespace,
    name: service.name,
    host: service.hostname,
    service,
    proxy,
    labels,
    selector: selectorFor(view, proxy, service, labels),
    ports: service.ports.filter((port) => !isStatusPort(port)),
    own: service.resource !== undefined,
    known,
  };
}

/** Whether a Gateway is configured on the gateway's pods. */
export function runsAt(gateway: EgressGateway, { selector }: MeshGateway): boolean {
  return selector === undefined || isSelectedBy(selector, gateway.labels);
}

/** The Gateways on the gateway's pods, the oldest first. */
export function gatewaysAt(view: View, gateway: EgressGateway): readonly MeshGateway[] {
  return meshGateways(view).filter((it) => runsAt(gateway, it));
}

/** What other Gateways of these pods write, else the label Istio's own documents use, else the Service's selector. */
function selectorFor(
  view: View,
  proxy: GatewayProxy | undefined,
  service: MeshService,
  labels: Labels,
): Labels {
  const used = proxy && gatewaysOn(view, proxy).find((it) => it.selector)?.selector;
  if (used) {
    return used;
  }
  const { istio } = labels;
  const shared = gatewayProxies(view).some((it) => it.id !== proxy?.id && it.labels.istio === istio);
  return istio !== undefined && !shared ? { istio } : (service.selector ?? labels);
}

/** Ports for probes and metrics carry no traffic. */
function isStatusPort({ number, name }: MeshPort): boolean {
  return (number >= 15_000 && number < 15_100) || /^(?:status|http-envoy-prom|metrics)/.test(name);
}

/**
 * The gateways a new route may go through, the likeliest first: those that routes of the scope use, then those
 * that call themselves egress gateways, those of the settings, and the stock one.
 */
export function egressGateways(view: View, namespace: string): readonly EgressGateway[] {
  const uses = gatewayUses(view);
  const known = knownGateways(view).map((it) => serviceHostname(it.name, it.namespace));
  const rank = (service: MeshService): number =>
    (uses.get(service.hostname) ?? 0) * 100 +
    (service.resource && looksLikeEgress(service) ? 50 : 0) +
    (service.namespace === namespace ? 10 : 0) +
    (service.name === stockGateway.name && service.namespace === stockGateway.namespace ? 0 : 5);
  const services = [
    ...gatewayProxies(view).map((it) => it.service),
    ...known.flatMap((host) => servicesNamed(view, host)),
  ].filter((it) => uses.has(it.hostname) || known.includes(it.hostname) || looksLikeEgress(it));
  const distinct = [...new Map(services.map((it) => [it.hostname, it])).values()];
  return distinct
    .sort((a, b) => rank(b) - rank(a) || (a.hostname < b.hostname ? -1 : 1))
    .map((it) => describeGateway(view, it));
}

/** How many routes of sidecars lead to each gateway. */
function gatewayUses(view: View): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const vs of virtualServices(view)) {
    for (const { route } of [...vs.http, ...vs.tls, ...vs.tcp]) {
      for (const { destination } of route.route ?? []) {
        if (destination?.host && vs.gateways.includes('mesh') && isDeclaredGateway(view, destination.host)) {
          uses.set(destination.host, (uses.get(destination.host) ?? 0) + 1);
        }
      }
    }
  }
  return uses;
}

function looksLikeEgress({ name, namespace, selector = {} }: MeshService): boolean {
  const words = [name, namespace, ...Object.values(selector)].join(' ');
  return /egress/i.test(words) && !/ingress/i.test(name);
}

/**
 * A Service with gateway pods, one that is said to be a gateway, or a name of the cluster that no file declares:
 * what a route for an external host leads to is a gateway, wherever it lives and however well it is spelled.
 */
export function isGatewayHost(view: View, host: string): boolean {
  const declared = servicesNamed(view, host);
  const named = declared.some((it) => it.registry === 'kubernetes' && looksLikeEgress(it));
  return declared.length > 0 ? named || isDeclaredGateway(view, host) : clusterName(host) !== undefined;
}

function isDeclaredGateway(view: View, host: string): boolean {
  return (
    knownGateways(view).some((it) => serviceHostname(it.name, it.namespace) === host) ||
    findGatewayProxy(view, host) !== undefined
  );
}

/** The Service that is meant, also where the end of its name is left off, which Istio does not complete. */
function clusterName(host: string): { readonly name: string; readonly namespace: string } | undefined {
  const [, name, namespace] = /^([a-z0-9-]+)\.([a-z0-9-]+)\.svc$/.exec(host) ?? [];
  return name !== undefined && namespace !== undefined ? { name, namespace } : kubernetesName(host);
}

/** The gateway behind the name of a route: itself, the one it is a slip of the pen for, or one that lives elsewhere. */
export function meantGateway(
  view: View,
  host: string,
  bound: readonly MeshGateway[],
  called: readonly number[],
): EgressGateway | undefined {
  const named = clusterName(host);
  const full = named ? serviceHostname(named.name, named.namespace) : host;
  const candidates = egressGateways(view, '').map((it) => it.host);
  const spelled = servicesNamed(view, full).length > 0 ? full : nearest(full, candidates);
  const service = spelled === undefined ? undefined : servicesNamed(view, spelled)[0];
  if (service) {
    return describeGateway(view, service);
  }
  const labels = bound.find((it) => it.selector)?.selector ?? stockGateway.labels;
  const numbers = [...new Set([...called, 80, 443])];
  const ports = numbers.map((port) => {
    return { port, targetPort: port };
  });
  return named && describeGateway(view, knownGatewayService({ ...named, labels, ports }), false);
}

/** The gateway somebody asks for by name, or the stock one where the scope has none. */
export function assumedGateway(
  view: View,
  named: { readonly namespace: string; readonly name: string } = stockGateway,
): EgressGateway {
  const host = serviceHostname(named.name, named.namespace);
  const found = servicesNamed(view, host).find((it) => it.registry === 'kubernetes');
  const { labels, ports } = stockGateway;
  return found
    ? describeGateway(view, found)
    : describeGateway(view, knownGatewayService({ ...named, labels, ports }), false);
}
