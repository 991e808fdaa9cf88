import type { Resource } from '../../model/resource';
import { credentialSites } from './credentials';
import { message } from './message';

export const credentialInvalid = message({
  name: 'istioctl/credential-invalid',
  istio: 'IST0161',
  severity: 'error',
  summary: 'A server of a Gateway names a secret that holds no certificate with its key.',
  on: 'Gateway',

  *check(gateway, view) {
    for (const { path, name, secrets } of credentialSites(view, gateway)) {
      if (secrets.length > 0 && !secrets.some(holdsCertificate)) {
        yield {
          path,
          message: `Secret "${name}" holds no certificate: neither "tls.crt" and "tls.key" nor "cert" and "key" are there with one in PEM form`,
        };
      }
    }
  },
});

/** Whether a certificate has run out is not asked: the engine keeps no secret's content, and has no clock. */
function holdsCertificate({ spec }: Resource<'Secret'>): boolean {
  // The first pair that is there is the one that istiod takes.
  const pair = pairs.find((names) => names.every((it) => spec.keys?.includes(it)));
  return pair !== undefined && spec.pem?.includes(pair[0]) === true;
}

const pairs = [
  ['cert', 'key'],
  ['tls.crt', 'tls.key'],
] as const;
