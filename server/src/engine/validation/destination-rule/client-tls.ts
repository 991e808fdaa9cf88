import { choice, quoted } from '../../schema/words';
import type { Part } from '../part';
import { type Report, removal } from '../report';

const code = 'destination-rule/client-tls';
const configMap = 'configmap://';

/** Checks `tls` of a traffic policy: how connections to the destination are secured. */
export function checkClientTls(policy: Part, report: Report): void {
  const tls = policy.get('tls');
  if (!tls) {
    return;
  }
  const mode = tls.text('mode');
  checkConfigMap(tls, report);
  checkSkipped(tls, mode, report);
  if (mode !== 'SIMPLE' && mode !== 'MUTUAL') {
    return;
  }
  if (tls.text('credentialName') !== '') {
    checkBesideCredential(tls, report);
  } else if (mode === 'MUTUAL') {
    const missing = ['clientCertificate', 'privateKey'].filter((it) => tls.text(it) === '');
    if (missing.length > 0) {
      const message = `mode MUTUAL shows a certificate to the server, so it needs ${choice(missing, 'and')}, or "credentialName"`;
      report.whole(code, tls.field(missing[0]!), message);
    }
  }
}

function checkConfigMap(tls: Part, report: Report): void {
  const credential = tls.field('credentialName');
  if (!credential.asText.startsWith(configMap)) {
    return;
  }
  const name = credential.asText.slice(configMap.length);
  const parts = name.split('/');
  const { namespace } = report.context;
  if (parts.length < 2 || parts[0] === '' || parts[1] === '') {
    report.value(
      code,
      credential,
      `${quoted(credential.asText)} names no ConfigMap: write "configmap://namespace/name"`,
      { since: '1.26' },
    );
  } else if (namespace !== undefined && parts[0] !== namespace) {
    const message = `a ConfigMap is only read from the rule's own namespace, ${quoted(namespace)}, not from ${quoted(parts[0]!)}`;
    report.whole(code, credential, message, { since: '1.26' });
  }
}

function checkSkipped(tls: Part, mode: string, report: Report): void {
  const skip = tls.field('insecureSkipVerify');
  if (skip.value !== true || (mode !== 'SIMPLE' && mode !== 'MUTUAL')) {
    return;
  }
  const names = ['caCertificates', 'subjectAltNames', ...(mode === 'SIMPLE' ? ['credentialName'] : [])];
  const used = names.filter((it) => tls.text(it) !== '' || tls.count(it) > 0);
  if (used.length > 0) {
    const message = `"insecureSkipVerify" does not check the server, but ${choice(used, 'and')} say how to: remove the one or the other`;
    report.whole(code, skip, message, { key: true, fixes: [removal('Remove "insecureSkipVerify"', skip)] });
  }
}

function checkBesideCredential(tls: Part, report: Report): void {
  const files = ['clientCertificate', 'privateKey', 'caCertificates', 'caCrl'].filter(
    (it) => tls.text(it) !== '',
  );
  if (files.length > 0) {
    const message = `the Secret in "credentialName" holds all certificates, so ${choice(files, 'and')} must not be set`;
    report.whole(code, tls.field(files[0]!), message, {
      key: true,
      fixes: [
        {
          title: `Remove ${choice(files, 'and')}`,
          edits: files.map((it) => ({ op: 'remove', path: tls.field(it).path })),
        },
      ],
    });
  }
}
