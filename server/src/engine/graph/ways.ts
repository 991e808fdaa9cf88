import type { Probe } from '../intent/probes';
import { hostsOverlap } from '../mesh/hosts';
import { virtualServices } from '../mesh/virtual-services';
import type { Outcome, TracedPath } from '../traffic/request';
import { trace } from '../traffic/trace';
import type { View } from '../workspace/view';

/** One way that one request can take. */
export interface Way {
  readonly probe: Probe;
  readonly path: TracedPath;
  /** `host:port`, with the path of the URL where it matters. */
  readonly request: string;
}

export const failures: ReadonlySet<Outcome> = new Set([
  'no-route',
  'no-virtual-host',
  'no-cluster',
  'no-endpoints',
  'no-listener',
  'no-filter-chain',
  'ambiguous-filter-chain',
  'tls-mismatch',
  'protocol-error',
  'loop',
  'other-cluster',
]);

/**
 * Follows a request. A route that takes certain paths only answers others with 404, and that is what it was written
 * for: then one of its own paths is followed instead.
 */
export function waysOf(view: View, probe: Probe): readonly Way[] {
  const paths = trace(view, probe.request);
  const request = `${probe.host}:${probe.port}`;
  if (probe.request.scheme === 'http' && paths.every((it) => it.outcome === 'no-route')) {
    for (const path of routedPaths(view, probe.host)) {
      const others = trace(view, { ...probe.request, path });
      if (!others.some((it) => failures.has(it.outcome))) {
        return others.map((it) => ({ probe, path: it, request: `${request}${path}` }));
      }
    }
  }
  return paths.map((path) => ({ probe, path, request }));
}

/** Paths that routes for the host ask for. More than a few make no better answer. */
function routedPaths(view: View, host: string): readonly string[] {
  return view.derive('graph/routed-paths', host, () =>
    virtualServices(view)
      .filter((it) => it.hosts.some((own) => hostsOverlap(own, host)))
      .flatMap((it) => it.http)
      .flatMap(({ route }) => route.match ?? [])
      .flatMap(({ uri }) => uri?.prefix ?? uri?.exact ?? [])
      .slice(0, 5),
  );
}
