import type { Resource } from '../../model/resource';
import type { ClientTls } from '../../model/specs';
import { message } from './message';

export const ruleWithoutVerification = message({
  name: 'istioctl/rule-without-verification',
  istio: 'IST0128',
  severity: 'warning',
  summary: 'A DestinationRule starts TLS and names no certificates to check the server by.',
  on: 'DestinationRule',

  *check(rule) {
    const { tls } = rule.spec.trafficPolicy ?? {};
    if (tls && isUnverified(tls, rule)) {
      yield {
        path: ['spec', 'trafficPolicy', 'tls', 'mode'],
        message: `TLS to "${rule.spec.host}" is started without "caCertificates", so only the system's own authorities vouch for the server`,
      };
    }
  },
});

/** A secret counts as certificates only in a rule for chosen workloads: elsewhere sidecars would not read it. */
export function isUnverified(tls: ClientTls, { spec }: Resource<'DestinationRule'>): boolean {
  const isStarted = tls.mode === 'SIMPLE' || tls.mode === 'MUTUAL';
  return isStarted && !tls.caCertificates && !(tls.credentialName && spec.workloadSelector);
}
