import { choice, quoted } from '../../schema/words';
import { nearest } from '../../text/nearest';
import type { Part } from '../part';
import { type Report, removal, replacement } from '../report';

const code = 'istiod/server-tls';

const certificates = [
  'serverCertificate',
  'privateKey',
  'caCertificates',
  'tlsCertificates',
  'credentialName',
  'credentialNames',
] as const;

const knownSuites = new Set([
  ...['ECDHE-ECDSA', 'ECDHE-RSA'].flatMap((exchange) => [
    `${exchange}-AES128-GCM-SHA256`,
    `${exchange}-AES256-GCM-SHA384`,
    `${exchange}-CHACHA20-POLY1305`,
    `${exchange}-AES128-SHA`,
    `${exchange}-AES256-SHA`,
  ]),
  'AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-SHA',
  'AES256-SHA',
  'DES-CBC3-SHA',
]);

/** Checks the TLS settings of a server or of a Sidecar's listener. */
export function checkServerTls(tls: Part, report: Report, takesSecrets = true): void {
  checkSuites(tls, report);
  const mode = tls.text('mode') || 'PASSTHROUGH';
  if (mode === 'ISTIO_MUTUAL') {
    for (const name of certificates.filter((it) => isSet(tls, it))) {
      const field = tls.field(name);
      const message = `mode ISTIO_MUTUAL takes the certificates that Istio makes, so "${name}" must not be set`;
      report.whole(code, field, message, { key: true, fixes: [removal(`Remove "${name}"`, field)] });
    }
    return;
  }
  if (mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH') {
    warnOfUnused(tls, mode, report);
  }
  checkSources(tls, report);
  if (mode === 'SIMPLE' || mode === 'MUTUAL' || mode === 'OPTIONAL_MUTUAL') {
    if (isSet(tls, 'credentialName') || isSet(tls, 'credentialNames')) {
      return;
    }
    checkCertificates(tls, mode, report, takesSecrets);
  }
  checkRevocation(tls, mode, report);
}

function isSet(tls: Part, name: string): boolean {
  return tls.text(name) !== '' || tls.count(name) > 0;
}

function warnOfUnused(tls: Part, mode: string, report: Report): void {
  const unused = [...certificates, 'caCrl'].filter((it) => isSet(tls, it));
  if (unused.length > 0) {
    const fixes = unused.length === 1 ? [removal(`Remove "${unused[0]}"`, tls.field(unused[0]!))] : [];
    const message = `mode ${mode} hands the connection on as it is, so ${choice(unused, 'and')} ${unused.length === 1 ? 'is' : 'are'} ignored`;
    report.warn(code, tls.field(unused[0]!), message, { key: true, fixes });
  }
}

function checkSources(tls: Part, report: Report): void {
  const sources = ['credentialName', 'credentialNames', 'tlsCertificates'].filter((it) => isSet(tls, it));
  if (isSet(tls, 'serverCertificate') && isSet(tls, 'privateKey')) {
    sources.push('serverCertificate');
  }
  if (sources.length > 1) {
    const message = `${choice(sources, 'and')} are different places for one certificate: keep one of them`;
    report.whole(code, tls.field(sources[1]!), message, { key: true, since: '1.27' });
  }
}

function checkCertificates(tls: Part, mode: string, report: Report, takesSecrets: boolean): void {
  if (mode !== 'SIMPLE' && !isSet(tls, 'caCertificates')) {
    const message = `mode ${mode} checks certificates of clients, so it needs "caCertificates"${takesSecrets ? ' or "credentialName"' : ''}`;
    report.whole(code, tls.field('caCertificates'), message);
  }
  const own = tls.items('tlsCertificates');
  for (const certificate of own.length > 0 ? own : [tls]) {
    const missing = ['serverCertificate', 'privateKey'].filter((it) => !isSet(certificate, it));
    if (missing.length > 0) {
      const other = own.length > 0 || !takesSecrets ? '' : ', or "credentialName" for a Secret that has them';
      const message = `mode ${mode} shows a certificate to clients, so it needs ${choice(missing, 'and')}${other}`;
      report.whole(code, certificate.field(missing[0]!), message);
    }
  }
}

function checkRevocation(tls: Part, mode: string, report: Report): void {
  if (!isSet(tls, 'caCrl')) {
    return;
  }
  const list = tls.field('caCrl');
  if (isSet(tls, 'credentialName')) {
    report.whole(
      code,
      list,
      'with "credentialName" the list of revoked certificates belongs into the Secret',
    );
  }
  if (mode === 'SIMPLE') {
    report.whole(code, list, 'mode SIMPLE asks clients for no certificate, so there is none to revoke', {
      fixes: [removal('Remove "caCrl"', list)],
    });
  }
}

function checkSuites(tls: Part, report: Report): void {
  const suites = tls.items('cipherSuites');
  const oldest = tls.get('minProtocolVersion');
  if (suites.length === 0 && (oldest?.asText === 'TLSV1_0' || oldest?.asText === 'TLSV1_1')) {
    const message = `the usual cipher suites do not work below TLS 1.2: name some in "cipherSuites" that do`;
    report.warn('istiod/cipher-suites', oldest, message);
  }
  const seen = new Set<string>();
  for (const suite of suites) {
    const { asText } = suite;
    if (!isSuite(asText)) {
      const meant = nearest(asText, knownSuites);
      const fixes = meant ? [replacement(`Use "${meant}"`, suite, meant)] : [removal('Remove it', suite)];
      const hint = meant ? `; did you mean "${meant}"?` : '';
      report.warn(
        'istiod/cipher-suites',
        suite,
        `${quoted(asText)} is no cipher suite Envoy knows, so it is ignored${hint}`,
        {
          fixes,
        },
      );
    } else if (seen.has(asText)) {
      report.warn('istiod/cipher-suites', suite, `${quoted(asText)} stands here twice`, {
        fixes: [removal('Remove it', suite, true)],
      });
    }
    seen.add(asText);
  }
}

/** What starts with a sign is an operator of OpenSSL's lists. */
function isSuite(name: string): boolean {
  return name === '' || name === 'ALL' || !/^[\p{L}\p{N}]/u.test(name) || knownSuites.has(name);
}
