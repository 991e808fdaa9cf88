import type { TlsDisagreement } from '../intent/hop-tls';
import { meantMode } from '../intent/meant-mode';
import type { View } from '../workspace/view';
import type { YamlValue } from '../yaml/edit';
import { edit, type RuleFix } from './rule';

/** What is wrong on the hop, as a sentence. */
export function hopTlsMessage({ reason, client, server, hop, host }: TlsDisagreement): string {
  const mode = client?.value.mode ?? 'no TLS';
  const gateway = `the server for "${host}" on the gateway "${hop.proxy.id}"`;
  switch (reason) {
    case 'server-wants-mutual':
      return `Sidecars send ${mode === 'no TLS' ? 'plain requests' : mode} where ${gateway} expects ISTIO_MUTUAL, so the connection is reset`;
    case 'server-wants-tls':
      return `Sidecars send plain requests where ${gateway} expects TLS (${server.server.tls?.mode}), so the connection is reset`;
    case 'server-is-plain':
      return `Sidecars send ${mode} where ${gateway} expects plain requests, so the connection fails`;
    case 'server-passes-through':
      return `Sidecars wrap the requests in ISTIO_MUTUAL, and ${gateway} passes TLS through instead of ending it, so nothing fits`;
    case 'sni-missing':
      return `"sni" is missing: sidecars then send the name of their cluster, and ${gateway} takes only its own hosts, so the connection is reset`;
    case 'sni-not-served':
      return `${gateway[0]!.toUpperCase()}${gateway.slice(1)} does not take the SNI "${client?.value.sni}", so the connection is reset`;
  }
}

/** Sets the mode of the server, where that is what fits neither side. */
export function serverModeFix(view: View, it: TlsDisagreement): RuleFix[] {
  const value = meantMode(view, it);
  const { resource, path } = it.server.origin;
  return value === undefined
    ? []
    : [
        edit(
          `Set the TLS mode of the server to ${value}`,
          resource,
          [{ op: 'set', path: [...path, 'tls', 'mode'], value }],
          { preferred: true },
        ),
      ];
}

/** The client settings that fit the server. */
export function fittingTls({ reason, host, server }: TlsDisagreement): { readonly [key: string]: YamlValue } {
  switch (reason) {
    case 'server-is-plain':
    case 'server-passes-through':
      return { mode: 'DISABLE' };
    case 'server-wants-tls':
      return { mode: 'SIMPLE', sni: host };
    default:
      return server.hosts.includes('*') ? { mode: 'ISTIO_MUTUAL' } : { mode: 'ISTIO_MUTUAL', sni: host };
  }
}
