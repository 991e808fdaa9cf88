import { meshGateway, resolveGatewayName, resolveShortName } from '../mesh/hosts';
import type { Destination } from '../model/specs';
import { findFirstHop, findMeantFirstHop, isAnswered } from './first-hop';
import { planEntry, portsOf } from './plan-entry';
import { hopTlsFrom, needsNoSubset, planHopRules, subsetName } from './plan-hop-rules';
import { planDefined, planGatewayOrigination, planUntouched, upstreamTlsFrom } from './plan-origination';
import { planRoutes } from './plan-routes';
import { planServer, type ServerChoice, type ServerHints } from './plan-server';
import { type HopTls, originates } from './rule-policies';
import type { Site } from './site';
import { routesOf } from './vs-routes';
import { type Flow, securePort } from './wish';

/** Plans the way of every flow through the gateway. */
export function planLegs(site: Site, wished: readonly Flow[]): void {
  const flows = withoutSideDoor(
    site,
    wished.filter((flow) => !isAnsweredHere(site, flow)),
  );
  const shared = { bound: boundGateways(site), taken: new Set<string>(), pieces: [] };
  const starts = flows.map((flow) => startOf(site, flow));
  const upstreams = flows.map((flow) => upstreamPortOf(site, flow));
  const { gateway, clients, host, wish } = site;
  planEntry(site.view, site.desk, site.entries, {
    host,
    namespace: wish.namespace,
    flows,
    upstreamPort: upstreams.find((_, index) => flows[index]!.originator === 'gateway'),
    resolved: true,
    targetPort: false,
    seenFrom: [gateway.service.namespace, ...clients],
  });
  const encrypted = new Set<number>();
  let routeSubset = starts.find((it) => it?.subset !== undefined)?.subset;
  flows.forEach((flow, index) => {
    const start = starts[index];
    const server = planServer(site, flow, { ...shared, ...hints(site, flow, start) });
    const subset = planSubset(site, flow, start, server, routeSubset);
    routeSubset ??= subset;
    const upstreamPort = upstreams[index]!;
    planRoutes(site, {
      host,
      flow,
      gatewayHost: gateway.host,
      servicePort: server.servicePort,
      subset,
      gateway: `${server.piece.namespace}/${server.piece.name}`,
      serverPort: server.serverPort,
      block: server.hop.block,
      upstreamPort,
      upstreamSubset: planUpstream(site, flow, upstreamPort, encrypted),
    });
  });
}

/**
 * A gateway that encrypts needs the host's secure port declared, and with it sidecars know the way there too. So
 * that nobody takes it past the gateway, the port gets a route of its own.
 */
function withoutSideDoor(site: Site, flows: readonly Flow[]): readonly Flow[] {
  const needs = flows.some(
    (flow) => flow.originator === 'gateway' && upstreamPortOf(site, flow) === securePort,
  );
  return !needs || flows.some((flow) => flow.port === securePort)
    ? flows
    : [...flows, { port: securePort, protocol: 'HTTPS', block: 'tls' }];
}

function isAnsweredHere({ virtualServices, host, notes }: Site, flow: Flow): boolean {
  const answered = virtualServices.slice(0, 1).some((vs) => isAnswered(vs, { flow, host }));
  if (answered) {
    notes.push(`Port ${flow.port} of "${host}" is answered by the sidecars themselves, so no request leaves`);
  }
  return answered;
}

/** How the flow gets to the gateway today. */
function startOf(site: Site, flow: Flow): Destination | undefined {
  const { host, around } = site;
  for (const vs of site.virtualServices) {
    const route = findFirstHop(vs, { flow, host }, around) ?? findMeantFirstHop(vs, { flow }, around);
    const found = route?.route?.find((it) =>
      around.isGatewayHost(resolveShortName(it.destination?.host ?? '', vs.namespace)),
    );
    if (route) {
      return found?.destination ?? {};
    }
  }
  return undefined;
}

function boundGateways({ virtualServices }: Site): ReadonlySet<string> {
  const names = virtualServices.flatMap((vs) => {
    const matches = (['http', 'tls', 'tcp'] as const).flatMap((block) =>
      routesOf(vs.spec, block).flatMap((route) => route.match ?? []),
    );
    const written = [...(vs.spec.gateways ?? []), ...matches.flatMap((it) => it.gateways ?? [])];
    return written.map((it) => resolveGatewayName(it, vs.namespace));
  });
  return new Set(names.filter((it) => it !== meshGateway));
}

function hints(
  site: Site,
  flow: Flow,
  start: Destination | undefined,
): Pick<ServerHints, 'calledPort' | 'mutual' | 'insists'> {
  const { wish, gateway, clients, host } = site;
  const implied = gateway.ports.length === 1 ? gateway.ports[0]!.number : flow.port;
  const called = start && (start.port?.number ?? implied);
  const calledPort = gateway.ports.some((it) => it.number === called) ? called : undefined;
  const subset = start ? start.subset : subsetName(site);
  const tls = hopTlsFrom(site, clients[0]!, subset, called ?? flow.port);
  const written = tls?.mode === 'ISTIO_MUTUAL';
  const usual = flow.originator === 'gateway';
  const mutual = wish.hop === undefined ? usual || (written && tls.sni === host) : wish.hop === 'mutual';
  return { calledPort, mutual, insists: wish.hop !== undefined || (usual && written) };
}

/** The subset the sidecars call, with what it has to say; nothing where the Service itself will do. */
function planSubset(
  site: Site,
  flow: Flow,
  start: Destination | undefined,
  { hop, byName, servicePort }: ServerChoice,
  routeSubset: string | undefined,
): string | undefined {
  const wanted: HopTls | undefined =
    hop.tls === 'custom'
      ? undefined
      : hop.tls === 'plain'
        ? { mode: 'plain' }
        : { mode: 'mutual', sni: byName ? site.host : undefined };
  const bare = wanted === undefined || needsNoSubset(site, servicePort, wanted);
  const usual = start ? start.subset !== undefined : flow.block === 'http' || routeSubset !== undefined;
  if (bare && !usual) {
    return undefined;
  }
  const subset = start?.subset ?? routeSubset ?? subsetName(site);
  planHopRules(site, subset, servicePort, wanted);
  return subset;
}

/** The port of the host at which a request of the flow ends. */
function upstreamPortOf(site: Site, flow: Flow): number {
  const { around, gateway, entries } = site;
  const home = gateway.service.namespace;
  const known = secondDestination(site, flow);
  const port = known?.port?.number;
  if (flow.originator !== 'gateway') {
    return port !== undefined && around.ports.has(port) ? port : flow.port;
  }
  if (
    port !== undefined &&
    around.ports.has(port) &&
    originates(upstreamTlsFrom(site, home, port, known?.subset))
  ) {
    return port;
  }
  const sentOn = portsOf(entries).some((it) => it.number === flow.port && it.targetPort === securePort);
  return sentOn ? flow.port : securePort;
}

/** What the gateway does with the flow today, wherever it takes it. */
function secondDestination(site: Site, flow: Flow): Destination | undefined {
  const blocks = flow.block === 'http' ? (['http'] as const) : (['tls', 'tcp'] as const);
  for (const vs of site.virtualServices) {
    for (const block of blocks) {
      for (const route of routesOf(vs.spec, block)) {
        const found = route.route?.find((it) => it.destination?.host === site.host);
        const forSidecars = route.match?.every((it) => it.gateways?.join() === meshGateway);
        if (found && forSidecars !== true) {
          return found.destination;
        }
      }
    }
  }
  return undefined;
}

/** Settings of the gateway for the host; the subset its route has to name, where it has to. */
function planUpstream(site: Site, flow: Flow, port: number, encrypted: Set<number>): string | undefined {
  const subset = secondDestination(site, flow)?.subset;
  if (flow.originator === 'gateway') {
    planGatewayOrigination(site, port, subset);
    if (subset === undefined) {
      encrypted.add(port);
    }
    return undefined;
  }
  if (flow.block === 'tls') {
    return planUntouched(site, port, subset, encrypted.has(port));
  }
  planDefined(site, subset);
  return undefined;
}
