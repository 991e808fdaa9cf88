import { isIpAddress } from '../../go/ip-address';
import { isSubsetOf } from '../../model/host-names';
import { quoted } from '../../schema/words';
import type { Part } from '../part';
import { headOf, type Report } from '../report';
import { checkGatewayNames } from '../shared/gateway-names';
import { checkLabels } from '../shared/labels';
import { checkOptionalPort, checkSubnet } from '../shared/scalars';
import { checkWeights } from '../shared/weights';
import { gatewayDomainFault, wildcardDomainFault } from '../values/hosts';

const code = 'virtual-service/tls-match';

interface Options {
  readonly inMesh: boolean;
  readonly isMade: boolean;
}

export function checkTlsRoute(route: Part, spec: Part, report: Report, { inMesh, isMade }: Options): void {
  const matches = route.items('match');
  if (matches.length === 0) {
    const message =
      'a TLS route needs "match" with "sniHosts": the name a client asks for is all that is known of it';
    report.whole(code, route.field('match'), message);
  }
  for (const match of matches) {
    const hosts = match.items('sniHosts');
    if (hosts.length === 0) {
      report.whole(code, match.field('sniHosts'), 'a TLS match needs at least one host in "sniHosts"');
    }
    for (const host of hosts) {
      checkSniHost(host, spec, inMesh, report);
    }
    checkConnection(match, report, true);
  }
  checkDestinations(route, 'TLS', report, isMade);
}

export function checkTcpRoute(route: Part, report: Report, isMade: boolean): void {
  for (const match of route.items('match')) {
    checkConnection(match, report, false);
  }
  checkDestinations(route, 'TCP', report, isMade);
}

function checkDestinations(route: Part, kind: string, report: Report, isMade: boolean): void {
  if (route.count('route') === 0) {
    const [at, details] = headOf(route);
    const message = `a ${kind} route needs "route" with a destination`;
    report.whole('virtual-service/no-routes', at, message, details);
  }
  checkWeights(route, report, isMade);
}

function checkConnection(match: Part, report: Report, warns: boolean): void {
  for (const subnet of match.items('destinationSubnets')) {
    checkSubnet(subnet, report);
  }
  checkOptionalPort(match, report);
  checkLabels(match, 'sourceLabels', report);
  checkGatewayNames(match, report, { warns });
}

function checkSniHost(host: Part, spec: Part, inMesh: boolean, report: Report): void {
  const { asText } = host;
  const wrong = inMesh ? wildcardDomainFault(asText) : gatewayDomainFault(asText, true);
  if (wrong !== undefined && isIpAddress(asText)) {
    report.warn(code, host, 'SNI has names only: most clients send none when they connect to an address');
  } else if (wrong !== undefined) {
    report.value('istiod/host-name', host, wrong);
  } else if (!spec.items('hosts').some((it) => isSubsetOf(asText, it.asText))) {
    const message = `${quoted(asText)} is not among the "hosts" of this VirtualService: add it there, or match one of them`;
    report.whole(code, host, message, {
      fixes: [
        {
          title: `Add ${quoted(asText)} to "hosts"`,
          edits: [{ op: 'insert', path: spec.field('hosts').path, value: asText }],
        },
      ],
    });
  }
}
