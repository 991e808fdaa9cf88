import { message } from './message';
import { isUnverified } from './rule-without-verification';

export const portWithoutVerification = message({
  name: 'istioctl/port-without-verification',
  istio: 'IST0129',
  severity: 'warning',
  summary: 'A DestinationRule starts TLS for one port and names no certificates to check the server by.',
  on: 'DestinationRule',

  *check(rule) {
    for (const [index, { tls, port }] of (rule.spec.trafficPolicy?.portLevelSettings ?? []).entries()) {
      if (tls && isUnverified(tls, rule)) {
        yield {
          path: ['spec', 'trafficPolicy', 'portLevelSettings', index, 'tls', 'mode'],
          message: `TLS to port ${port?.number} of "${rule.spec.host}" is started without "caCertificates", so only the system's own authorities vouch for the server`,
        };
      }
    }
  },
});
