import { quoted } from '../../schema/words';
import type { Part } from '../part';
import type { Report } from '../report';
import { isDnsLabel, labelWords } from '../values/names';
import { checkWildcardDomain } from './hosts';
import { checkPortNumber } from './scalars';

/** Checks where requests are sent: a host, perhaps a subset and a port. */
export function checkDestination(destination: Part, report: Report): void {
  const host = destination.field('host');
  if (host.asText === '*') {
    report.value('istiod/host-name', host, '"*" is no destination: name the host that requests go to');
  } else {
    checkWildcardDomain(host, report);
  }
  const subset = destination.get('subset');
  if (subset && subset.asText !== '') {
    checkSubsetName(subset, report);
  }
  const port = destination.get('port');
  if (port) {
    checkPortNumber(port.field('number'), report);
  }
}

export function checkSubsetName(at: Part, report: Report): void {
  if (!isDnsLabel(at.asText)) {
    const what = at.asText === '' ? 'a subset needs a name' : `${quoted(at.asText)} is no name of a subset`;
    report.value('istiod/subset-name', at, `${what}: it takes ${labelWords}`);
  }
}
