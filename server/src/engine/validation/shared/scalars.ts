import { millisecond, parseDuration } from '../../go/duration';
import { isIpAddress, isSubnet } from '../../go/ip-address';
import { regexFault } from '../../go/regex';
import { quoted } from '../../schema/words';
import { nearest } from '../../text/nearest';
import type { Part } from '../part';
import { type Report, replacement } from '../report';
import { utf8Length } from '../values/hosts';
import { isDnsLabel, labelWords } from '../values/names';
import { isProtocol, protocolNames } from '../values/protocols';

const maxPort = 65535;
const maxRegex = 1024;

/** What most durations look like, so that they need no closer look. */
export function isOrdinaryDuration(text: string): boolean {
  return /^[1-9]\d{0,5}(?:ms|s|m|h)$/.test(text);
}

/** Checks the duration in the field `name` of `parent`, if there is one. */
export function checkDuration(parent: Part, name: string, report: Report): void {
  const at = parent.get(name);
  if (!at || isOrdinaryDuration(at.asText)) {
    return;
  }
  const length = parseDuration(at.asText);
  const shown = quoted(at.asText);
  if (length === undefined) {
    // istiod could not have read it, which has been told.
    return;
  }
  if (length < millisecond) {
    report.value('istiod/duration', at, `${shown} is too short: "${name}" takes 1ms at least`);
  } else if (length % millisecond !== 0n) {
    const fixes = [replacement(`Use "${length / millisecond}ms"`, at, `${length / millisecond}ms`)];
    const message = `${shown} is finer than a millisecond, which is the smallest step Envoy's timers know`;
    report.value('istiod/duration', at, message, { fixes });
  }
}

/** Checks a number that has to be that of a port. */
export function checkPortNumber(at: Part, report: Report): void {
  const { asNumber } = at;
  if (asNumber < 1 || asNumber > maxPort) {
    const what = at.value === undefined ? 'a port needs a number' : `${asNumber} is no number of a port`;
    report.value('istiod/port', at, `${what}: it has to be between 1 and ${maxPort}`);
  }
}

/** Checks the number in `port`, which may be left out; 0 says the same. */
export function checkOptionalPort(parent: Part, report: Report): void {
  const port = parent.get('port');
  if (port && port.asNumber !== 0) {
    checkPortNumber(port, report);
  }
}

export function checkPortName(at: Part, report: Report): void {
  if (!isDnsLabel(at.asText)) {
    const what = at.asText === '' ? 'a port needs a name' : `${quoted(at.asText)} is no name of a port`;
    report.value('istiod/port', at, `${what}: it takes ${labelWords}`);
  }
}

/** Checks a protocol that may be left out; Istio then finds it out from the first bytes. */
export function checkProtocol(at: Part, report: Report, required = false): void {
  const { asText } = at;
  if ((asText === '' && !required) || isProtocol(asText)) {
    return;
  }
  const meant = nearest(asText, protocolNames);
  const hint = meant ? `did you mean "${meant}"?` : `it takes ${protocolNames.join(', ')}`;
  const what =
    asText === '' ? 'a port of a server needs a protocol' : `${quoted(asText)} is no protocol Istio knows`;
  const fixes = meant ? [replacement(`Use "${meant}"`, at, meant)] : [];
  report.value('istiod/protocol', at, `${what}; ${hint}`, { fixes });
}

export function checkRegex(at: Part, report: Report): void {
  const { asText } = at;
  const length = utf8Length(asText);
  if (length > maxRegex) {
    const message = `this expression has ${length} bytes, and istiod takes ${maxRegex} at most: split it into several matches`;
    report.value('istiod/limit', at, message);
    return;
  }
  const wrong = regexFault(asText);
  if (wrong !== undefined) {
    report.value(
      'istiod/regex',
      at,
      `${quoted(asText)} is no regular expression of RE2, which Envoy uses: ${wrong}`,
    );
  }
}

/** A whole percentage. */
export function checkPercent(at: Part, report: Report): void {
  if (at.asNumber < 0 || at.asNumber > 100) {
    report.value('istiod/percentage', at, `${at.asNumber} is no percentage: it has to be between 0 and 100`);
  }
}

/** A share of requests, `{ value: 0.1 }`. */
export function checkShare(parent: Part, name: string, report: Report): void {
  const value = parent.field(name).field('value');
  const { asNumber } = value;
  if (asNumber < 0 || asNumber > 100 || (asNumber > 0 && asNumber < 0.0001)) {
    report.value(
      'istiod/percentage',
      value,
      `${asNumber} is no share of requests: use 0, or 0.0001 to 100 per cent`,
    );
  }
}

/** The upper limit is one too high in istiod, and so it is here. */
export function checkHttpStatus(at: Part, report: Report): void {
  if (at.asNumber < 200 || at.asNumber > 600) {
    report.value(
      'istiod/http-status',
      at,
      `${at.asNumber} is no status that Envoy answers with: use 200 to 599`,
    );
  }
}

export function checkIpAddress(at: Part, report: Report): void {
  if (!isIpAddress(at.asText)) {
    report.value('istiod/address', at, `${quoted(at.asText)} is no IP address`);
  }
}

export function checkSubnet(at: Part, report: Report): void {
  if (!isSubnet(at.asText)) {
    const hint = 'write one such as "10.0.0.1", or a range such as "10.0.0.0/8"';
    report.value('istiod/address', at, `${quoted(at.asText)} is no IP address and no range of them: ${hint}`);
  }
}

const unix = 'unix://';

export function isUnixSocket(text: string): boolean {
  return text.startsWith(unix);
}

/** Checks a text that starts with `unix://`. */
export function checkUnixSocket(at: Part, report: Report): void {
  const socket = at.asText.slice(unix.length);
  if (socket === '') {
    report.value('istiod/address', at, '"unix://" needs the path of a socket behind it');
  } else if (!socket.startsWith('@') && (!socket.startsWith('/') || socket.endsWith('/'))) {
    const hint =
      'write it from the root, such as "unix:///var/run/app.sock", or as an abstract name with "@"';
    report.value('istiod/address', at, `${quoted(socket)} is no path of a socket: ${hint}`);
  }
}
