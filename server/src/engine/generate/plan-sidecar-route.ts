import { findFirstHop } from './first-hop';
import { planEntry } from './plan-entry';
import { encryptedTwice, planSidecarOrigination, upstreamTlsFrom } from './plan-origination';
import { originates } from './rule-policies';
import type { Site } from './site';
import { candidates, routesOf } from './vs-routes';
import { type Flow, securePort } from './wish';

/**
 * Sidecars encrypt and send to the host themselves. No gateway takes part: a request that leaves the sidecar
 * encrypted could only be passed on by name, which is the pattern for clients that speak TLS.
 */
export function planSidecarRoute(site: Site, flows: readonly Flow[]): void {
  const { host, clients, wish } = site;
  const governed = flows.find((flow) =>
    site.virtualServices.some((vs) => findFirstHop(vs, { flow, host }, site.around)),
  );
  if (governed) {
    site.notes.push(
      `Port ${governed.port} of "${host}" goes through a gateway already: choose the pattern in which the gateway encrypts`,
    );
    return;
  }
  const plain = flows.filter((flow) => flow.originator === 'sidecar');
  const moved = plain.map((flow) => rewrittenTo(site, flow));
  planEntry(site.view, site.desk, site.entries, {
    host,
    namespace: wish.namespace,
    flows,
    upstreamPort: undefined,
    resolved: false,
    targetPort: moved.every((it) => it === undefined),
    seenFrom: clients,
  });
  plain.forEach((flow, index) => {
    const target = moved[index];
    planSidecarOrigination(site, target?.port ?? flow.port, target?.subset);
  });
  const untouched = flows.some((flow) => flow.block === 'tls' && flow.port === securePort);
  if (untouched && originates(upstreamTlsFrom(site, clients[0]!, securePort))) {
    site.notes.push(encryptedTwice(site));
  }
}

/** The port to which a route of sidecars moves the flow, instead of the ServiceEntry. */
function rewrittenTo(
  site: Site,
  flow: Flow,
): { readonly port: number; readonly subset: string | undefined } | undefined {
  for (const vs of site.virtualServices) {
    const index = candidates(vs, 'http', { gateway: 'mesh', port: flow.port, host: site.host })[0];
    const destination =
      index === undefined ? undefined : routesOf(vs.spec, 'http')[index]?.route?.[0]?.destination;
    const port = destination?.port?.number;
    if (destination?.host === site.host && port !== undefined && port !== flow.port) {
      return { port, subset: destination.subset };
    }
  }
  return undefined;
}
