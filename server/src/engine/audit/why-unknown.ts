import { sampleOf } from '../intent/probes';
import { meshFacts } from '../mesh/facts';
import type { Origin } from '../mesh/origin';
import { isServiceVisible, servicesNamed } from '../mesh/registry';
import type { MeshService } from '../mesh/service';
import { outboundMode, type ProxyScope } from '../mesh/sidecars';
import { visibilityOf } from '../mesh/visibility';
import type { TracedPath } from '../traffic/request';
import type { View } from '../workspace/view';
import type { Asked } from './asked';
import { requestNamespace } from './clients';
import { nameOf } from './destinations';
import type { Ending } from './row';
import { distinctPlaces } from './row-key';

/** Why a sidecar does not know a host, and what it does with such requests. */
export function whyUnknown(
  asked: Asked,
  path: TracedPath,
  decidedBy: readonly Origin[],
): Pick<Ending, 'reason' | 'decidedBy'> {
  const { view, proxy } = asked;
  const { scope } = proxy;
  const mode = outboundMode(view, scope);
  const cause = causeOf(asked, scope);
  const what =
    path.outcome === 'blocked'
      ? 'are refused by the sidecar'
      : 'leave from the sidecar unchecked, as the application sent them';
  const origins = [
    ...decidedBy,
    ...(cause.origin ? [cause.origin] : []),
    ...(mode.origin ? [mode.origin] : []),
  ];
  return {
    reason: `${what}: ${cause.reason}, and ${modeWords(scope, mode.value, meshFacts(view).outboundMode.from)}`,
    decidedBy: distinctPlaces(origins),
  };
}

/** Who says what happens to hosts nobody registered. */
function modeWords({ sidecar }: Pick<ProxyScope, 'sidecar'>, mode: string, from: string): string {
  if (sidecar?.spec.outboundTrafficPolicy) {
    return `Sidecar "${sidecar.namespace}/${sidecar.name}" says ${mode}`;
  }
  if (from === 'default') {
    return `no file says other than Istio's default ${mode}`;
  }
  return from === 'object' ? `the mesh says ${mode}` : `the mesh is set to ${mode}`;
}

interface Cause {
  readonly reason: string;
  readonly origin?: Origin;
}

function causeOf({ view, client, destination }: Asked, scope: ProxyScope): Cause {
  const { port } = destination;
  const host = nameOf(destination);
  const named = servicesNamed(view, host);
  if (named.length === 0) {
    return { reason: `no object registers ${destination.sample === undefined ? 'this host' : 'their host'}` };
  }
  const visible = named.filter((it) => isServiceVisible(view, it, requestNamespace(client)));
  if (visible.length === 0) {
    return hidden(view, named[0]!);
  }
  const known = scope.services.get(host) ?? scope.services.get(sampleOf(host));
  const { sidecar } = scope;
  if (!known && sidecar) {
    return {
      reason: `Sidecar "${sidecar.namespace}/${sidecar.name}" does not import this host`,
      origin: { resource: sidecar, path: ['spec', 'egress'] },
    };
  }
  return known?.ports.some((it) => it.number === port)
    ? { reason: `the sidecar tells no such requests by their host on port ${port}` }
    : { reason: `port ${port} of this host is not registered` };
}

/** What registers the host keeps it from the clients. */
function hidden(view: View, { resource, namespace }: MeshService): Cause {
  if (!resource) {
    return { reason: 'what registers this host is not shown to the namespace' };
  }
  const { origin } = visibilityOf(view, resource);
  const reason = `${resource.writtenKind} "${namespace}/${resource.name}" is not exported to the namespace`;
  return { reason, ...(origin && { origin }) };
}
