import { isIpAddress } from '../../go/ip-address';
import { hostsOverlap } from '../../model/host-names';
import { quoted } from '../../schema/words';
import type { Part } from '../part';
import { type Report, removal } from '../report';
import { checkExportTo } from '../shared/export-to';
import { checkGatewayNames } from '../shared/gateway-names';
import { gatewayDomainFault, wildcardDomainFault } from '../values/hosts';
import { isClaimHeader } from '../values/names';
import { checkHttpRoute } from './http-route';
import { checkTcpRoute, checkTlsRoute } from './stream-routes';
import { checkReach } from './unreachable-routes';

/** Set on VirtualServices that Istio makes from routes of the Gateway API. */
const madeFrom = 'internal.istio.io/route-semantics';

export function checkVirtualService(object: Part, report: Report): void {
  const spec = object.field('spec');
  const isMade = object.field('metadata').field('annotations').text(madeFrom) === 'gateway';
  const isDelegate = spec.count('hosts') === 0;
  const gateways = spec.items('gateways');
  const inMesh = gateways.length === 0 || gateways.some((it) => it.asText === 'mesh');
  if (isDelegate) {
    checkDelegate(spec, report);
  }
  checkGatewayNames(spec, report, { isMade, warns: true });
  if (inMesh) {
    checkClaims(spec, report);
  }
  checkHosts(spec, inMesh, report);
  if (['http', 'tcp', 'tls'].every((it) => spec.count(it) === 0)) {
    const message = 'a VirtualService needs routes, in "http", "tls" or "tcp"';
    report.whole('virtual-service/no-routes', spec.field('http'), message);
  }
  for (const route of spec.items('http')) {
    checkHttpRoute(route, report, { isDelegate, isMade });
  }
  for (const route of spec.items('tls')) {
    checkTlsRoute(route, spec, report, { inMesh, isMade });
  }
  for (const route of spec.items('tcp')) {
    checkTcpRoute(route, report, isMade);
  }
  checkExportTo(spec, report);
  checkReach(spec, report);
}

/** Without hosts, a VirtualService is what others delegate to. */
function checkDelegate(spec: Part, report: Report): void {
  for (const [name, why] of [
    ['gateways', 'is reached through the VirtualService that delegates to it'],
    ['tls', 'only has routes for HTTP'],
    ['tcp', 'only has routes for HTTP'],
  ] as const) {
    if (spec.count(name) > 0) {
      const at = spec.field(name);
      const message = `without "hosts" this is a delegate, which ${why}: remove "${name}", or name hosts`;
      report.whole('virtual-service/delegate', at, message, {
        key: true,
        fixes: [removal(`Remove "${name}"`, at)],
      });
    }
  }
}

function checkClaims(spec: Part, report: Report): void {
  for (const route of spec.items('http')) {
    for (const match of route.items('match')) {
      for (const name of ['headers', 'withoutHeaders']) {
        refuseClaims(match, name, report);
      }
    }
  }
}

function refuseClaims(match: Part, field: string, report: Report): void {
  for (const [name, at] of match.entries(field)) {
    if (isClaimHeader(name)) {
      const message = `claims of a token are only known at a gateway, so ${quoted(name)} cannot be matched in the mesh: name "gateways" without "mesh"`;
      report.whole('virtual-service/jwt-claim-route', at, message, { key: true });
    }
  }
}

function checkHosts(spec: Part, inMesh: boolean, report: Report): void {
  const hosts = spec.items('hosts');
  let allRight = true;
  for (const host of hosts) {
    const { asText } = host;
    const wrong = inMesh
      ? wildcardDomainFault(asText)
      : gatewayDomainFault(asText, asText.startsWith('outbound_') && hasSni(spec));
    if (wrong !== undefined) {
      if (!isIpAddress(asText)) {
        report.value('istiod/host-name', host, wrong);
        allRight = false;
      }
    } else if (inMesh && asText === '*') {
      const message = '"*" only works at a gateway: name hosts, or leave "mesh" out of "gateways"';
      report.whole('virtual-service/hosts', host, message);
      allRight = false;
    }
  }
  if (allRight) {
    checkApart(hosts, report);
  }
}

function hasSni(spec: Part): boolean {
  return spec.items('tls').some((route) => route.items('match').some((it) => it.count('sniHosts') > 0));
}

function checkApart(hosts: readonly Part[], report: Report): void {
  for (let index = 1; index < hosts.length; index++) {
    const host = hosts[index]!;
    const other = hosts.find((it, at) => at < index && hostsOverlap(it.asText, host.asText));
    if (other) {
      const how =
        other.asText === host.asText
          ? 'stands here twice'
          : `and ${quoted(other.asText)} cover the same hosts`;
      report.whole('virtual-service/hosts', host, `${quoted(host.asText)} ${how}: one of them is enough`, {
        fixes: [removal('Remove it', host)],
      });
    }
  }
}
