import { quoted } from '../../schema/words';
import type { Part } from '../part';
import { type Report, removal, replacement } from '../report';
import { hostPartFault } from '../shared/hosts';
import {
  checkIpAddress,
  checkPortName,
  checkPortNumber,
  checkProtocol,
  checkUnixSocket,
  isUnixSocket,
} from '../shared/scalars';
import { isDnsLabel } from '../values/names';
import { checkUnusedTarget } from './ingress';

const code = 'sidecar/egress-listener';

export function checkEgressListeners(spec: Part, report: Report): void {
  const listeners = spec.items('egress');
  const numbers = new Set<number>();
  const sockets = new Set<string>();
  listeners.forEach((listener, index) => {
    const port = listener.get('port');
    if (port) {
      checkPort(listener, port, report);
      checkUnique(listener, port, { numbers, sockets }, report);
    } else if (index < listeners.length - 1) {
      const message =
        'a listener without a port takes all that the others leave, so it has to be the last one';
      report.whole(code, listener, message);
    }
    checkHosts(listener, report);
  });
}

function checkPort(listener: Part, port: Part, report: Report): void {
  checkUnusedTarget(port, code, report);
  if (port.text('name') !== '') {
    checkPortName(port.field('name'), report);
  }
  checkProtocol(port.field('protocol'), report);
  const bind = listener.field('bind');
  if (port.number('number') !== 0) {
    checkPortNumber(port.field('number'), report);
    if (bind.asText !== '') {
      checkIpAddress(bind, report);
    }
    return;
  }
  if (isUnixSocket(bind.asText)) {
    checkUnixSocket(bind, report);
  } else {
    report.whole(code, port.field('number'), 'a port needs a number, unless "bind" is a Unix domain socket');
  }
  const capture = listener.field('captureMode');
  if (capture.asText !== '' && capture.asText !== 'DEFAULT' && capture.asText !== 'NONE') {
    report.whole(
      code,
      capture,
      'connections to a Unix domain socket are not captured: use "captureMode: NONE"',
    );
  }
}

function checkUnique(
  listener: Part,
  port: Part,
  { numbers, sockets }: { readonly numbers: Set<number>; readonly sockets: Set<string> },
  report: Report,
): void {
  const number = port.field('number');
  const bind = listener.field('bind');
  if (number.asNumber !== 0) {
    if (numbers.has(number.asNumber)) {
      report.whole(
        code,
        number,
        `there are two listeners on port ${number.asNumber}: put their hosts into one`,
      );
    }
    numbers.add(number.asNumber);
    return;
  }
  if (sockets.has(bind.asText) && isUnixSocket(bind.asText)) {
    report.whole(code, bind, `there are two listeners on ${quoted(bind.asText)}: put their hosts into one`);
  }
  sockets.add(bind.asText);
}

function checkHosts(listener: Part, report: Report): void {
  const hosts = listener.items('hosts');
  if (hosts.length === 0) {
    report.whole(code, listener.field('hosts'), 'a listener needs at least one host; "*/*" takes all', {
      key: true,
    });
  }
  const known = new Map<string, Set<string>>();
  for (const host of hosts) {
    warnOfRepetition(host, known, report);
    checkHost(host, report);
  }
  if (known.get('*')?.has('*') && known.size > 1) {
    const all = hosts.find((it) => it.asText === '*/*')!;
    const message = '"*/*" takes all hosts of all namespaces, so the others change nothing';
    report.inform('sidecar/duplicate-host', all, message);
  }
}

/** Entries that start with "~" take hosts away. */
function warnOfRepetition(host: Part, known: Map<string, Set<string>>, report: Report): void {
  const slash = host.asText.indexOf('/');
  if (slash < 0 || host.asText.startsWith('~')) {
    return;
  }
  const written = host.asText.slice(0, slash);
  const namespace = written === '.' ? (report.context.namespace ?? '.') : written;
  const name = host.asText.slice(slash + 1);
  const names = known.get(namespace) ?? new Set();
  known.set(namespace, names);
  const isRepeated = name === '*' ? names.size > 0 : names.has(name) || names.has('*');
  if (isRepeated) {
    const message =
      name === '*' && !names.has('*')
        ? `${quoted(host.asText)} takes the hosts above as well, so they change nothing`
        : `${quoted(host.asText)} is taken by an entry above`;
    report.inform('sidecar/duplicate-host', host, message, { fixes: [removal('Remove it', host, true)] });
  }
  names.add(name);
}

function checkHost(host: Part, report: Report): void {
  const { asText } = host;
  const slash = asText.indexOf('/');
  const wrong = slash < 0 ? missingSide(asText) : sideFault(asText.slice(0, slash), asText.slice(slash + 1));
  if (wrong !== undefined) {
    const any = `*/${asText}`;
    const fixes =
      slash < 0 && hostPartFault(asText, false) === undefined
        ? [replacement(`Use ${quoted(any)}`, host, any)]
        : [];
    report.value('sidecar/egress-host', host, wrong, { fixes });
  }
}

function missingSide(text: string): string {
  return `${quoted(text)} lacks a namespace: write ${quoted(`*/${text}`)} for any, or ${quoted(`./${text}`)} for the Sidecar's own`;
}

function sideFault(namespace: string, name: string): string | undefined {
  if (namespace === '' || name === '') {
    return 'an entry needs a namespace and a host, on both sides of "/"';
  }
  const bare = namespace.startsWith('~') ? namespace.slice(1) : namespace;
  if (bare !== '' && bare !== '*' && bare !== '.' && !isDnsLabel(bare)) {
    return `${quoted(namespace)} is no namespace: name one, or use "." for the own one and "*" for all`;
  }
  return hostPartFault(name, false);
}
