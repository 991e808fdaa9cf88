import { isWildcard, kubernetesName } from '../mesh/hosts';
import { currentProxy, type MeshProxy } from '../traffic/mesh-proxy';
import type { Request, TracedPath } from '../traffic/request';
import { trace } from '../traffic/trace';
import type { View } from '../workspace/view';

/** No name of a manifest covers it, as the domain is reserved for names that do not exist. */
export const strangeHost = 'any-other-host.invalid';

/**
 * What happens to a request for a host that nothing a sidecar is told of has a name for: the same as to a request for any
 * other such host, so it is followed once. Nothing when the sidecar may know the name, or may send strangers on by it.
 */
export function strangerPaths(
  view: View,
  proxy: MeshProxy,
  request: Request,
): readonly TracedPath[] | undefined {
  const { host, scheme, port, address } = request;
  if (address !== undefined || kubernetesName(host) || mayKnow(view, proxy, host)) {
    return undefined;
  }
  const { from } = request;
  return view.derive('audit/stranger', `${proxy.key} ${scheme} ${port}`, () =>
    trace(view, { from, scheme, port, host: strangeHost }),
  );
}

interface Names {
  readonly exact: ReadonlySet<string>;
  /** What follows the asterisks. */
  readonly suffixes: readonly string[];
  /** Strangers go to a proxy that may tell them apart. */
  readonly sendsOn: boolean;
}

function mayKnow(view: View, proxy: MeshProxy, host: string): boolean {
  const { exact, suffixes, sendsOn } = namesOf(view, proxy);
  return sendsOn || exact.has(host.toLowerCase()) || suffixes.some((it) => host.toLowerCase().endsWith(it));
}

/** Listeners and routes of a sidecar are made of the services and VirtualServices in its scope, and name no other host. */
function namesOf(view: View, proxy: MeshProxy): Names {
  return view.derive('audit/names', proxy.key, () => {
    const { scope } = currentProxy(view, proxy);
    const names = scope.listeners.flatMap(({ services, virtualServices }) => [
      ...services.flatMap((it) => [it.hostname, ...it.aliases.map((alias) => alias.hostname)]),
      ...virtualServices.flatMap((it) => it.hosts),
    ]);
    const lower = [...new Set(names.map((it) => it.toLowerCase()))];
    return {
      exact: new Set(lower),
      suffixes: lower.filter(isWildcard).map((it) => it.slice(1)),
      sendsOn: scope.sidecar?.spec.outboundTrafficPolicy?.egressProxy !== undefined,
    };
  });
}
