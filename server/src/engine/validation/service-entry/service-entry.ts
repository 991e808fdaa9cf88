import { isWildcard } from '../../model/host-names';
import { quoted } from '../../schema/words';
import type { Part } from '../part';
import { type Report, removal, replacement } from '../report';
import { checkExportTo } from '../shared/export-to';
import { checkWildcardDomain } from '../shared/hosts';
import { checkSelector } from '../shared/labels';
import { checkPortName, checkProtocol, checkSubnet } from '../shared/scalars';
import { domainFault, isPartialWildcard, wildcardDomainFault } from '../values/hosts';
import { isDynamic, isHttp, isProtocol, isTcp, isTls } from '../values/protocols';
import { checkServiceEndpoints } from './endpoints';

const allocation = 'networking.istio.io/enable-autoallocate-ip';
const waypoint = 'istio.io/use-waypoint';

export function checkServiceEntry(object: Part, report: Report): void {
  const spec = object.field('spec');
  if (!checkSelector(spec, 'workloadSelector', 'labels', report)) {
    return;
  }
  const resolution = spec.text('resolution') || 'NONE';
  checkHosts(spec, resolution, report);
  for (const address of spec.items('addresses')) {
    checkSubnet(address, report);
  }
  checkPorts(object, resolution, report);
  checkServiceEndpoints(spec, resolution, report);
  if (resolution === 'DNS' || resolution === 'DNS_ROUND_ROBIN') {
    checkLookup(spec, resolution, report);
  } else if (resolution === 'DYNAMIC_DNS') {
    checkDynamic(object, report);
  }
  checkHostsApart(spec, resolution, report);
  checkExportTo(spec, report, { mayHide: true });
}

function checkHosts(spec: Part, resolution: string, report: Report): void {
  for (const host of spec.items('hosts')) {
    if (checkWildcardDomain(host, report) && resolution !== 'DYNAMIC_DNS' && isPartialWildcard(host.asText)) {
      const message = `${quoted(host.asText)} has "*" inside a part of the name, which only works with "resolution: DYNAMIC_DNS"`;
      report.warn('service-entry/host', host, message);
    }
  }
}

function checkPorts(object: Part, resolution: string, report: Report): void {
  const spec = object.field('spec');
  const labels = object.field('metadata').field('labels');
  const allocates = resolution !== 'NONE' && labels.text(allocation).toLowerCase() !== 'false';
  const needsAddress = spec.count('addresses') === 0 && !allocates;
  for (const port of spec.items('ports')) {
    const protocol = port.field('protocol');
    if (needsAddress && (protocol.asText === '' || protocol.asText === 'TCP')) {
      const message =
        'a connection that is not HTTP or TLS is known by its address alone: without "addresses", whatever goes to this port counts as this host';
      // istioctl does not look at labels.
      report.warn('service-entry/addresses', protocol, message, {
        ...(resolution !== 'NONE' && { istio: undefined }),
      });
    }
    checkPortName(port.field('name'), report);
    checkProtocol(protocol, report);
  }
}

/** Hosts that the sidecars look up in the DNS. */
function checkLookup(spec: Part, resolution: string, report: Report): void {
  const hosts = spec.items('hosts');
  // What is no host at all has been told.
  const unknown = hosts.find(({ asText }) => isHostPattern(asText) && domainFault(asText) !== undefined);
  if (unknown && spec.count('endpoints') === 0) {
    const message = `${quoted(unknown.asText)} cannot be looked up in the DNS, as "resolution: ${resolution}" wants: name endpoints, or use DYNAMIC_DNS or NONE`;
    report.whole('service-entry/host', unknown, message, {
      fixes: [replacement('Use "resolution: NONE"', spec.field('resolution'), 'NONE')],
    });
  }
  const tcp = spec.items('ports').find((it) => isTcp(it.text('protocol')));
  if (tcp && spec.count('addresses') > 0 && hosts.length > 1) {
    const message = `connections to ${tcp.text('protocol')} ports are told apart by address, so several hosts must not share "addresses": write one ServiceEntry for each`;
    // TLS tells hosts apart, and what does not is refused anyway.
    report.warn('service-entry/hosts-and-tcp', spec.field('addresses'), message, {
      key: true,
      istioctlOnly: true,
    });
  }
}

function checkDynamic(object: Part, report: Report): void {
  const spec = object.field('spec');
  const code = 'service-entry/dynamic-dns';
  const isLookedUp = spec.items('hosts').every((it) => !isWildcard(it.asText));
  // One word mends all of it where no host is a wildcard, and what is written beside it may stay.
  const lookUp = isLookedUp ? [replacement('Use "resolution: DNS"', spec.field('resolution'), 'DNS')] : [];
  const isDynamicMeant = spec.items('hosts').every((it) => isWildcard(it.asText));
  for (const host of spec
    .items('hosts')
    .filter(({ asText }) => isHostPattern(asText) && !isWildcard(asText))) {
    const message = `"resolution: DYNAMIC_DNS" is for wildcards: use DNS for ${quoted(host.asText)}`;
    report.whole(code, host, message, { fixes: lookUp });
  }
  for (const name of ['addresses', 'endpoints'].filter((it) => spec.count(it) > 0)) {
    const at = spec.field(name);
    const message = `"resolution: DYNAMIC_DNS" finds the address of each request by its host, so "${name}" must not be set`;
    const fixes = isDynamicMeant ? [removal(`Remove "${name}"`, at)] : lookUp;
    report.whole(code, at, message, { key: true, fixes });
  }
  for (const port of spec.items('ports').filter((it) => isKnown(it) && !isDynamic(it.text('protocol')))) {
    const message = '"resolution: DYNAMIC_DNS" needs the host of each request: use HTTP, HTTP2, GRPC or TLS';
    report.whole(code, port.field('protocol'), message, { fixes: lookUp });
  }
  checkNewerDynamic(spec, report);
  const used = object.field('metadata').field('labels').field(waypoint);
  if (
    spec.text('location') === 'MESH_INTERNAL' &&
    used.asText !== '' &&
    used.asText.toLowerCase() !== 'none'
  ) {
    const message =
      'a waypoint does not serve hosts inside the mesh with "resolution: DYNAMIC_DNS": use MESH_EXTERNAL';
    report.whole(code, spec.field('location'), message);
  }
}

const dynamicSince: { readonly [protocol: string]: string | undefined } = {
  tls: '1.29',
  grpc: '1.30',
  http2: '1.30',
};

/** What DYNAMIC_DNS can do came piece by piece. */
function checkNewerDynamic(spec: Part, report: Report): void {
  const code = 'service-entry/dynamic-dns';
  for (const port of spec.items('ports')) {
    const protocol = port.field('protocol');
    const since = dynamicSince[protocol.asText.toLowerCase()];
    if (since !== undefined) {
      report.tooNew(code, protocol, `"resolution: DYNAMIC_DNS" goes with ${protocol.asText}`, since);
    }
  }
  const location = spec.field('location');
  if (location.asText === 'MESH_INTERNAL') {
    report.tooNew(code, location, '"resolution: DYNAMIC_DNS" finds hosts inside the mesh', '1.30');
  }
}

function checkHostsApart(spec: Part, resolution: string, report: Report): void {
  if (resolution === 'NONE' || spec.count('hosts') < 2) {
    return;
  }
  const blind = spec
    .items('ports')
    .find((it) => isKnown(it) && !isHttp(it.text('protocol')) && !isTls(it.text('protocol')));
  if (blind) {
    const protocol = blind.text('protocol') || 'an unknown protocol';
    const message = `several hosts share this port, and ${protocol} says nothing of the host: write one ServiceEntry for each, or use HTTP or TLS`;
    report.whole('service-entry/hosts-and-tcp', blind.field('protocol'), message);
  }
}

function isHostPattern(host: string): boolean {
  return host !== '*' && wildcardDomainFault(host) === undefined;
}

/** A protocol that Istio does not know is told by itself. */
function isKnown(port: Part): boolean {
  const protocol = port.text('protocol');
  return protocol === '' || isProtocol(protocol);
}
