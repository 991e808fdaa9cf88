import { millisecond, parseDuration } from '../../go/duration';
import type { Part } from '../part';
import { type Report, removal } from '../report';
import { checkDuration } from './scalars';

const code = 'istiod/connection-pool';

/** Checks the pool in the field `name` of `parent`, if there is one. */
export function checkConnectionPool(parent: Part, name: string, report: Report): void {
  const pool = parent.get(name);
  if (!pool) {
    return;
  }
  const http = pool.get('http');
  const tcp = pool.get('tcp');
  if (!http && !tcp) {
    const message = `"${name}" is empty: set "tcp" or "http", or remove it`;
    report.whole(code, pool, message, { key: true, fixes: [removal(`Remove "${name}"`, pool)] });
  }
  if (http) {
    checkHttp(http, report);
  }
  if (tcp) {
    checkTcp(tcp, report);
  }
}

function checkHttp(http: Part, report: Report): void {
  for (const name of [
    'http1MaxPendingRequests',
    'http2MaxRequests',
    'maxRequestsPerConnection',
    'maxRetries',
    'maxConcurrentStreams',
  ]) {
    checkNotNegative(http, name, report);
  }
  checkDuration(http, 'idleTimeout', report);
  const upgrade = http.field('h2UpgradePolicy');
  if (upgrade.asText === 'UPGRADE' && http.flag('useClientProtocol')) {
    const message =
      '"useClientProtocol" keeps the protocol of the client, so it must not stand beside "h2UpgradePolicy: UPGRADE"';
    report.whole(code, http.field('useClientProtocol'), message);
  }
  const keepAlive = http.get('http2KeepAlive');
  if (keepAlive) {
    for (const name of ['interval', 'timeout']) {
      if (!keepAlive.has(name)) {
        report.whole(code, keepAlive.field(name), `"http2KeepAlive" needs "${name}"`);
      }
      checkDuration(keepAlive, name, report);
    }
  }
}

function checkTcp(tcp: Part, report: Report): void {
  checkNotNegative(tcp, 'maxConnections', report);
  checkDuration(tcp, 'connectTimeout', report);
  checkDuration(tcp, 'maxConnectionDuration', report);
  const idle = parseDuration(tcp.text('idleTimeout'));
  // Less than a millisecond counts as none, which switches the timeout off.
  if (idle === undefined || idle / millisecond !== 0n) {
    checkDuration(tcp, 'idleTimeout', report);
  }
  const keepAlive = tcp.field('tcpKeepalive');
  checkDuration(keepAlive, 'time', report);
  checkDuration(keepAlive, 'interval', report);
}

function checkNotNegative(parent: Part, name: string, report: Report): void {
  if (parent.number(name) < 0) {
    report.value(code, parent.field(name), `"${name}" must not be negative; leave it out for no limit`);
  }
}
