import { isIpAddress } from '../../go/ip-address';
import type { StructureFix } from '../../schema/structure-finding';
import { choice, quoted } from '../../schema/words';
import type { Part } from '../part';
import type { Report } from '../report';
import { domainFault } from '../values/hosts';
import { checkLabels } from './labels';
import { isUnixSocket } from './scalars';

const code = 'istiod/endpoint';

interface Options {
  /** Names of the ports the endpoint serves; a WorkloadEntry serves whatever selects it. */
  readonly ports?: ReadonlySet<string>;
  readonly mayBeHost: boolean;
}

/** Checks a WorkloadEntry, or an endpoint with a fixed address. */
export function checkEndpoint(endpoint: Part, report: Report, { ports, mayBeHost }: Options): void {
  const address = endpoint.field('address');
  const text = address.asText;
  if (text === '') {
    if (endpoint.text('network') === '') {
      report.whole(code, address, 'an endpoint needs an address');
      return;
    }
    const network = quoted(endpoint.text('network'));
    report.warn(
      code,
      address,
      `without an address, requests go to the gateway of the network ${network}: make sure it has one`,
    );
  }
  if (isUnixSocket(text)) {
    if (ports && ports.size !== 1) {
      report.whole(
        code,
        address,
        'a Unix domain socket serves exactly one port, so the ServiceEntry must have one',
      );
    }
  } else if (text !== '' && !isIpAddress(text)) {
    checkHostAddress(address, mayBeHost, report);
  }
  checkPorts(endpoint, ports, report);
  checkLabels(endpoint, 'labels', report);
}

function checkHostAddress(address: Part, mayBeHost: boolean, report: Report): void {
  const shown = quoted(address.asText);
  if (!mayBeHost) {
    const isHost = domainFault(address.asText) === undefined;
    const hint = isHost
      ? ': with "resolution: STATIC" endpoints are not looked up; use DNS for host names'
      : '';
    // The address stands in an item of `endpoints`, beside which the resolution is.
    const path = [...address.path.slice(0, -3), 'resolution'];
    const fix: StructureFix = {
      title: 'Use "resolution: DNS"',
      edits: [{ op: 'set', path, value: 'DNS' }],
      preferred: true,
    };
    report.whole(code, address, `${shown} is no IP address${hint}`, { fixes: isHost ? [fix] : [] });
  } else if (domainFault(address.asText) !== undefined) {
    report.value(code, address, `${shown} is neither an IP address nor a host name`);
  }
}

/** Checks an endpoint whose address is looked up in the DNS. */
export function checkDnsEndpoint(endpoint: Part, report: Report, ports: ReadonlySet<string>): void {
  const address = endpoint.field('address');
  if (!isIpAddress(address.asText) && domainFault(address.asText) !== undefined) {
    const what =
      address.asText === '' ? 'an endpoint needs an address' : `${quoted(address.asText)} is no address`;
    report.whole(code, address, `${what}: use an IP address, or a host name that the DNS knows`);
  }
  checkLabels(endpoint, 'labels', report);
  checkPorts(endpoint, ports, report);
}

function checkPorts(endpoint: Part, ports: ReadonlySet<string> | undefined, report: Report): void {
  for (const [name, port] of endpoint.entries('ports')) {
    if (ports && !ports.has(name)) {
      const known = [...ports].filter((it) => it !== '');
      const hint = known.length > 0 ? `it has ${choice(known, 'and')}` : 'it has none with a name';
      report.whole(code, port, `the ServiceEntry has no port ${quoted(name)}; ${hint}`, { key: true });
    }
  }
}
