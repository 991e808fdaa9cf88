import { choice } from '../../schema/words';
import type { Part } from '../part';
import { type Report, removal } from '../report';
import { checkConnectionPool } from '../shared/connection-pool';
import { checkDestination } from '../shared/destination';
import { checkDomain } from '../shared/hosts';
import { checkSelector } from '../shared/labels';
import { checkEgressListeners } from './egress';
import { checkIngressListeners } from './ingress';

const settings = ['egress', 'ingress', 'outboundTrafficPolicy', 'inboundConnectionPool'];

export function checkSidecar(object: Part, report: Report): void {
  const spec = object.field('spec');
  if (!checkSelector(spec, 'workloadSelector', 'labels', report)) {
    return;
  }
  const isEmpty = settings.every((it) => spec.count(it) === 0 && (it.endsWith('gress') || !spec.has(it)));
  if (isEmpty) {
    report.whole('sidecar/empty', spec, `a Sidecar needs one of ${choice(settings)}`, { key: true });
    return;
  }
  checkIngressListeners(spec, report);
  checkConnectionPool(spec, 'inboundConnectionPool', report);
  checkEgressListeners(spec, report);
  checkEgressProxy(spec, report);
}

function checkEgressProxy(spec: Part, report: Report): void {
  const policy = spec.field('outboundTrafficPolicy');
  const proxy = policy.get('egressProxy');
  if (!proxy) {
    return;
  }
  const code = 'sidecar/egress-proxy';
  if (policy.text('mode') !== 'ALLOW_ANY') {
    const message = '"egressProxy" takes requests to unknown hosts, which only "mode: ALLOW_ANY" lets out';
    report.whole(code, proxy, message, {
      key: true,
      fixes: [
        removal('Remove "egressProxy"', proxy),
        {
          title: 'Use "mode: ALLOW_ANY"',
          edits: [{ op: 'set', path: policy.field('mode').path, value: 'ALLOW_ANY' }],
        },
      ],
    });
    return;
  }
  if (checkDomain(proxy.field('host'), report)) {
    checkDestination(proxy, report);
  }
  if (!proxy.has('port')) {
    report.whole(code, proxy.field('port'), '"egressProxy" needs the port that requests are sent to');
  }
}
