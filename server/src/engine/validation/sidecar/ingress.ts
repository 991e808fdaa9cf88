import { choice, quoted } from '../../schema/words';
import type { Part } from '../part';
import { type Report, removal } from '../report';
import { checkConnectionPool } from '../shared/connection-pool';
import {
  checkIpAddress,
  checkPortName,
  checkPortNumber,
  checkProtocol,
  checkUnixSocket,
  isUnixSocket,
} from '../shared/scalars';
import { checkServerTls } from '../shared/server-tls';
import { isHttp, isTls } from '../values/protocols';

const code = 'sidecar/ingress-listener';
const localAddresses = ['', '127.0.0.1', '0.0.0.0', '::1', '::'];

export function checkIngressListeners(spec: Part, report: Report): void {
  const numbers = new Set<number>();
  for (const listener of spec.items('ingress')) {
    const port = listener.field('port');
    checkUnusedTarget(port, code, report);
    if (port.text('name') !== '') {
      checkPortName(port.field('name'), report);
    }
    checkProtocol(port.field('protocol'), report);
    const number = port.field('number');
    checkPortNumber(number, report);
    if (numbers.has(number.asNumber)) {
      report.whole(code, number, `there are two listeners on port ${number.asNumber}`);
    }
    numbers.add(number.asNumber);
    const bind = listener.field('bind');
    if (bind.asText !== '') {
      checkIpAddress(bind, report);
    }
    checkEndpoint(listener.field('defaultEndpoint'), report);
    checkTls(listener, report);
    checkPool(listener, report);
  }
}

export function checkUnusedTarget(port: Part, code: Parameters<Report['whole']>[0], report: Report): void {
  const target = port.field('targetPort');
  if (target.asNumber > 0) {
    report.whole(code, target, '"targetPort" means nothing in a Sidecar, which listens on "number"', {
      key: true,
      fixes: [removal('Remove "targetPort"', target, true)],
    });
  }
}

function checkEndpoint(endpoint: Part, report: Report): void {
  const { asText } = endpoint;
  if (isUnixSocket(asText)) {
    checkUnixSocket(endpoint, report);
    return;
  }
  if (asText === '') {
    return;
  }
  const match = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([^:[\]]*)$/.exec(asText);
  const host = match?.[1] ?? match?.[2] ?? '';
  const port = match?.[3] ?? '';
  if (!match || !localAddresses.includes(host) || !isPort(port)) {
    const message = `${quoted(asText)} is no place of the application: write "127.0.0.1:8080", "0.0.0.0:8080", "[::1]:8080" or "unix:///path"`;
    report.value(code, endpoint, message);
  }
}

function isPort(text: string): boolean {
  return /^[+-]?\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 65535;
}

const unsupported = [
  'subjectAltNames',
  'httpsRedirect',
  'credentialName',
  'credentialNames',
  'tlsCertificates',
];

function checkTls(listener: Part, report: Report): void {
  const tls = listener.get('tls');
  if (!tls) {
    return;
  }
  const used = unsupported.filter((it) => tls.text(it) !== '' || tls.count(it) > 0 || tls.flag(it));
  const before = report.findings.length;
  for (const name of used) {
    const field = tls.field(name);
    report.whole(
      'sidecar/ingress-tls',
      field,
      `"${name}" is not supported in a Sidecar: use files, in "serverCertificate" and "privateKey"`,
      {
        key: true,
        fixes: [removal(`Remove "${name}"`, field)],
      },
    );
  }
  const mode = tls.field('mode');
  if (mode.asText === 'ISTIO_MUTUAL' || mode.asText === 'AUTO_PASSTHROUGH') {
    const message = `mode ${mode.asText} is not for Sidecars: use ${choice(['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL', 'PASSTHROUGH'])}`;
    report.whole('sidecar/ingress-tls', mode, message);
  }
  const protocol = listener.field('port').field('protocol');
  if (!isTls(protocol.asText)) {
    report.whole(
      'sidecar/ingress-tls',
      tls,
      'only a listener for HTTPS or TLS has "tls": change the protocol of its port',
      {
        key: true,
      },
    );
  }
  // What the mode takes is told once the rest is right.
  if (report.findings.length === before) {
    checkServerTls(tls, report, false);
  }
}

function checkPool(listener: Part, report: Report): void {
  checkConnectionPool(listener, 'connectionPool', report);
  const http = listener.field('connectionPool').get('http');
  const port = listener.field('port');
  if (http && !isHttp(port.text('protocol'))) {
    const shown = port.text('protocol') || 'no protocol';
    const message = `this port has ${shown}, so settings for HTTP are not used: only "tcp" applies`;
    report.warn('istiod/connection-pool', http, message, { key: true });
  }
}
