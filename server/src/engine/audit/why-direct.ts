import { hopsOf } from '../intent/hops';
import { intendedGateway } from '../intent/intended-gateway';
import type { Origin } from '../mesh/origin';
import { virtualServicesFor } from '../mesh/routed-hosts';
import type { TracedPath } from '../traffic/request';
import type { Asked } from './asked';
import { requestNamespace } from './clients';
import { nameOf } from './destinations';
import type { Ending } from './row';

/** Why requests leave from the sidecar, and what somebody may have meant instead. */
export function whyDirect(
  asked: Asked,
  path: TracedPath,
  decidedBy: readonly Origin[],
): Pick<Ending, 'reason' | 'decidedBy'> {
  const { view, client, destination } = asked;
  const { port, protocol } = destination;
  const host = nameOf(destination);
  const elsewhere =
    path.host !== undefined && path.host !== host ? ` and arrive at "${path.host}:${path.port ?? port}"` : '';
  const leave = `leave directly from the sidecar${elsewhere}`;
  const intent = intendedGateway(view, { host, port, protocol, namespace: requestNamespace(client) });
  if (intent) {
    const { writtenKind, name } = intent.origin.resource;
    return {
      reason: `${leave}, although ${writtenKind} "${name}" is there to lead them through a gateway`,
      decidedBy: [...decidedBy, intent.origin],
    };
  }
  const router = decidedBy.find(
    ({ resource }) => resource.kind === 'VirtualService' || /Route$/.test(resource.writtenKind),
  );
  if (router) {
    return {
      reason: `${leave}: ${router.resource.writtenKind} "${router.resource.name}" sends them there`,
      decidedBy,
    };
  }
  const others = virtualServicesFor(view, host).some((it) => hopsOf(view, it).length > 0);
  return {
    reason: others
      ? `${leave}: other requests to this host are led to a gateway, but no route takes these`
      : `${leave}: no route leads them to a gateway`,
    decidedBy,
  };
}
