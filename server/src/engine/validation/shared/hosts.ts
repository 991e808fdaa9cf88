import { isIpAddress } from '../../go/ip-address';
import { quoted } from '../../schema/words';
import type { Part } from '../part';
import type { Report } from '../report';
import { domainFault, isPartialWildcard, wildcardDomainFault } from '../values/hosts';

const code = 'istiod/host-name';

/** A full domain name. */
export function checkDomain(at: Part, report: Report): boolean {
  return tell(at, report, domainFault(at.asText));
}

/** A domain name whose first part may be or start with `*`. */
export function checkWildcardDomain(at: Part, report: Report): boolean {
  return tell(at, report, wildcardDomainFault(at.asText));
}

/** The host behind the namespace of a server's or a listener's entry. Says whether it is right. */
export function hostPartFault(host: string, mayBeAddress: boolean): string | undefined {
  if (host !== '*' && !host.includes('.')) {
    return `${quoted(host)} is a short name, which is not looked up here: write the full host, with its domain`;
  }
  const wrong = wildcardDomainFault(host);
  if (wrong !== undefined && !(mayBeAddress && isIpAddress(host))) {
    return wrong;
  }
  return isPartialWildcard(host)
    ? `${quoted(host)} has "*" inside a part of the name: only a whole part may be "*", and only the first`
    : undefined;
}

function tell(at: Part, report: Report, wrong: string | undefined): boolean {
  if (wrong !== undefined) {
    report.value(code, at, wrong);
  }
  return wrong === undefined;
}
