import { quoted } from '../schema/words';
import type { Part } from './part';
import { type Report, removal, replacement } from './report';
import { hostPartFault } from './shared/hosts';
import {
  checkIpAddress,
  checkPortNumber,
  checkProtocol,
  checkUnixSocket,
  isUnixSocket,
} from './shared/scalars';
import { checkServerTls } from './shared/server-tls';
import { isDnsLabel, labelWords } from './values/names';
import { isHttp, isProtocol, isTls } from './values/protocols';

/** Set on Gateways that Istio makes from Gateways of the Gateway API. */
const madeFrom = 'internal.istio.io/gateway-semantics';

export function checkGateway(object: Part, report: Report): void {
  const metadata = object.field('metadata');
  const isMade = metadata.field('annotations').text(madeFrom) === 'gateway';
  const name = metadata.field('name');
  if (!isMade && !isDnsLabel(name.asText)) {
    const message = `${quoted(name.asText)} is no name of a Gateway: it takes ${labelWords}`;
    report.value('gateway/name', name, message);
  }
  const spec = object.field('spec');
  const servers = spec.items('servers');
  if (servers.length === 0) {
    report.whole('gateway/server-incomplete', spec.field('servers'), 'a Gateway needs at least one server', {
      key: true,
    });
  }
  const names = new Set<string>();
  for (const server of servers) {
    checkServer(server, isMade, report);
    checkUniqueName(server, names, report);
    const redirect = server.field('tls').get('httpsRedirect');
    if (server.has('port') && redirect?.value === true && !isHttp(server.field('port').text('protocol'))) {
      const message =
        'only plain HTTP can be redirected to HTTPS: put "httpsRedirect" on the server of port 80';
      report.warn('gateway/tls-and-protocol', redirect, message, {
        key: true,
        fixes: [removal('Remove "httpsRedirect"', redirect)],
      });
    }
  }
}

function checkUniqueName(server: Part, names: Set<string>, report: Report): void {
  const name = server.field('port').field('name');
  if (!server.has('port')) {
    return;
  }
  // A name that is missing is told by itself.
  if (names.has(name.asText) && name.asText !== '') {
    report.whole(
      'gateway/port',
      name,
      `another server's port is called ${quoted(name.asText)} too: give each its own name`,
    );
  }
  names.add(name.asText);
}

function checkServer(server: Part, isMade: boolean, report: Report): void {
  const hosts = server.items('hosts');
  if (hosts.length === 0) {
    const message = 'a server needs at least one host; "*" takes all';
    report.whole('gateway/server-incomplete', server.field('hosts'), message, { key: true });
  }
  for (const host of hosts) {
    checkHost(host, isMade, report);
  }
  const before = report.findings.length;
  checkPort(server, report);
  const isPortRight = report.findings.length === before;
  checkBind(server, report);
  const tls = server.get('tls');
  if (tls) {
    checkServerTls(tls, report);
  }
  if (isPortRight) {
    checkTlsOfProtocol(server, tls, report);
  }
}

function checkPort(server: Part, report: Report): void {
  const port = server.field('port');
  checkProtocol(port.field('protocol'), report, true);
  if (port.number('number') > 0 || !isUnixSocket(server.text('bind'))) {
    checkPortNumber(port.field('number'), report);
  }
  if (port.number('targetPort') > 0) {
    const unused = port.field('targetPort');
    report.whole(
      'gateway/port',
      unused,
      '"targetPort" means nothing at a Gateway, which listens on "number"',
      {
        key: true,
        fixes: [removal('Remove "targetPort"', unused, true)],
      },
    );
  }
  if (port.text('name') === '') {
    report.whole(
      'gateway/server-incomplete',
      port.field('name'),
      'the port of a server needs a name, such as "http" or "tls"',
    );
  }
}

function checkBind(server: Part, report: Report): void {
  const bind = server.field('bind');
  if (isUnixSocket(bind.asText)) {
    checkUnixSocket(bind, report);
    const number = server.field('port').field('number');
    if (number.asNumber !== 0) {
      report.whole('gateway/port', number, 'a server on a Unix domain socket has no port: set "number" to 0');
    }
  } else if (bind.asText !== '') {
    checkIpAddress(bind, report);
  }
}

function checkTlsOfProtocol(server: Part, tls: Part | undefined, report: Report): void {
  const protocol = server.field('port').text('protocol');
  if (!isProtocol(protocol) || isTls(protocol) === (tls !== undefined)) {
    return;
  }
  if (!tls) {
    const message = `a server for ${protocol} needs "tls": its mode says whether TLS ends here (SIMPLE) or goes on (PASSTHROUGH)`;
    report.whole('gateway/tls-and-protocol', server.field('tls'), message);
    return;
  }
  const mode = tls.text('mode') || 'PASSTHROUGH';
  const onlyRedirects =
    mode.endsWith('PASSTHROUGH') &&
    ['caCertificates', 'privateKey', 'serverCertificate'].every((it) => tls.text(it) === '');
  if (!isHttp(protocol) || !onlyRedirects) {
    const wanted = isHttp(protocol) ? 'HTTPS' : 'TLS';
    const message = `a server for ${protocol} has no TLS: use the protocol ${wanted}, or remove "tls"`;
    report.whole('gateway/tls-and-protocol', tls, message, {
      key: true,
      fixes: [replacement(`Use "protocol: ${wanted}"`, server.field('port').field('protocol'), wanted)],
    });
  }
}

function checkHost(host: Part, isMade: boolean, report: Report): void {
  const { asText } = host;
  const slash = asText.indexOf('/');
  const namespace = slash < 0 ? '*' : asText.slice(0, slash);
  const name = asText.slice(slash + 1);
  const code = 'gateway/server-host';
  if (namespace === '' || name === '') {
    report.value(
      code,
      host,
      `${quoted(asText)} lacks one side of "/": write "namespace/host", or the host alone`,
    );
  } else if (
    namespace !== '*' &&
    namespace !== '.' &&
    !(namespace === '~' && isMade) &&
    !isDnsLabel(namespace)
  ) {
    const message = `${quoted(namespace)} is no namespace: name one, or use "." for the Gateway's own and "*" for all`;
    report.value(code, host, message);
  } else {
    const wrong = hostPartFault(name, true);
    if (wrong !== undefined) {
      report.value(code, host, wrong);
    }
  }
}
