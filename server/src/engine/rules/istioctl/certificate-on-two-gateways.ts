import { isSelectedBy } from '../../mesh/destination-rules';
import { sameResource } from '../../mesh/origin';
import type { Resource } from '../../model/resource';
import type { GatewayServer, ServerTls } from '../../model/specs';
import { groupByEach } from '../../text/collections';
import type { View } from '../../workspace/view';
import { message, seen } from './message';

export const certificateOnTwoGateways = message({
  name: 'istioctl/certificate-on-two-gateways',
  istio: 'IST0138',
  severity: 'warning',
  summary: 'Two Gateways on the same pods use one certificate, so HTTP/2 connections meet the wrong one.',
  on: 'Gateway',
  recommended: true,

  *check(gateway, view) {
    for (const [index, server] of (gateway.spec.servers ?? []).entries()) {
      const certificate = certificateAt(server);
      const others = certificate ? gatewaysWith(view, certificate) : [];
      for (const other of others.filter((it) => isBeside(gateway, it) && mayMeet(view, server, it))) {
        yield {
          path: ['spec', 'servers', index, 'tls'],
          message: `Gateway "${other.namespace}/${other.name}" uses the same certificate; a client that keeps its HTTP/2 connection for both hosts gets 404 from one of them`,
          related: [{ resource: other, path: ['spec', 'servers'], message: 'The same certificate' }],
        };
      }
    }
  },
});

/** A connection is to one port, so clients do not mix up servers on others, whatever istioctl says. */
function mayMeet(view: View, server: GatewayServer, { spec }: Resource<'Gateway'>): boolean {
  const certificate = certificateAt(server);
  const isSame = (it: GatewayServer): boolean =>
    it.port?.number === server.port?.number && certificateAt(it) === certificate;
  return view.settings.profile === 'istioctl' || (spec.servers ?? []).some(isSame);
}

function certificateAt({ tls }: GatewayServer): string | undefined {
  return tls && certificateOf(tls);
}

/** What a server's certificate is known by; nothing where it names none or half of one. */
function certificateOf({ credentialName, serverCertificate, privateKey }: ServerTls): string | undefined {
  if (credentialName) {
    return `credential ${credentialName}`;
  }
  return serverCertificate && privateKey ? `files ${serverCertificate} ${privateKey}` : undefined;
}

function gatewaysWith(view: View, certificate: string): readonly Resource<'Gateway'>[] {
  return view.lookUp(
    'istioctl/gateways-by-certificate',
    certificate,
    () =>
      groupByEach(seen(view, 'Gateway'), ({ spec }) =>
        (spec.servers ?? []).flatMap((it) => certificateAt(it) ?? []),
      ),
    sameResource,
  );
}

/** Whether all pods that `other` selects are pods of this Gateway too, as far as the selectors say. */
function isBeside(gateway: Resource<'Gateway'>, other: Resource<'Gateway'>): boolean {
  const isSelf = other.namespace === gateway.namespace && other.name === gateway.name;
  return !isSelf && isSelectedBy(gateway.spec.selector ?? {}, other.spec.selector ?? {});
}
