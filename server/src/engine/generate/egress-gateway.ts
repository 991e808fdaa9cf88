import { findGatewayProxy, type GatewayProxy, gatewayProxies, gatewaysOn } from '../mesh/gateways';
import { serviceHostname } from '../mesh/hosts';
import { knownGateways, servicesNamed, stockGateway } from '../mesh/registry';
import { knownGatewayService, type MeshPort, type MeshService } from '../mesh/service';
import { virtualServices } from '../mesh/virtual-services';
import type { Labels } from '../model/specs';
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
  /** What a Gateway has to write to run on its pods. */
  readonly selector: Labels;
  readonly ports: readonly MeshPort[];
  /** Whether the files define it, so that its namespace is the author's too. */
  readonly own: boolean;
}

export function describeGateway(view: View, service: MeshService): EgressGateway {
  const proxy = findGatewayProxy(view, service.hostname);
  const labels = proxy?.labels ?? service.selector ?? {};
  return {
    namespace: service.namespace,
    name: service.name,
    host: service.hostname,
    service,
    proxy,
    selector: selectorFor(view, proxy, service, labels),
    ports: service.ports.filter((port) => !isStatusPort(port)),
    own: service.resource !== undefined,
  };
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
        if (destination?.host && vs.gateways.includes('mesh') && isGatewayHost(view, destination.host)) {
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

/** A Service with gateway pods, or one that is said to be a gateway. */
export function isGatewayHost(view: View, host: string): boolean {
  return (
    knownGateways(view).some((it) => serviceHostname(it.name, it.namespace) === host) ||
    findGatewayProxy(view, host) !== undefined
  );
}

/** The stock gateway for a scope that says it is not installed: somebody has to install it. */
export function assumedGateway(
  view: View,
  named: { readonly namespace: string; readonly name: string } = stockGateway,
): EgressGateway {
  const host = serviceHostname(named.name, named.namespace);
  const found = servicesNamed(view, host).find((it) => it.registry === 'kubernetes');
  return describeGateway(view, found ?? knownGatewayService({ ...stockGateway, ...named }));
}
