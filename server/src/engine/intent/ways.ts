import { memoize } from '../mesh/derive';
import { hostsOverlap } from '../mesh/hosts';
import { virtualServices } from '../mesh/virtual-services';
import type { Outcome, Request, TracedPath } from '../traffic/request';
import { trace } from '../traffic/trace';
import type { View } from '../workspace/view';
import type { Probe } from './probes';

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

export function fails({ path }: Way): boolean {
  return failures.has(path.outcome);
}

/** Every way of a request. */
export function waysOf(view: View, probe: Probe): readonly Way[] {
  return followed(view, probe.request).map(({ path, asked }) => ({
    probe,
    path,
    request: `${probe.host}:${probe.port}${asked}`,
  }));
}

/** What {@link waysOf} rests on. A cursor that moves asks again, and the answers stay until something on the way changes. */
export function followed(view: View, request: Request): readonly Followed[] {
  return view.derive('intent/follow', textOf(request), () => follow(view, request));
}

const textOf = memoize((request: Request) => JSON.stringify(request));

/** A way, and the path of the URL that was asked for where it matters. */
export interface Followed {
  readonly path: TracedPath;
  readonly asked: string;
}

/**
 * A route that takes certain paths only answers others with 404, and that is what it was written for: then one of its
 * own paths is followed instead.
 */
function follow(view: View, request: Request): readonly Followed[] {
  const paths = trace(view, request);
  if (request.scheme === 'http' && paths.every((it) => it.outcome === 'no-route')) {
    for (const path of routedPaths(view, request.host)) {
      const others = trace(view, { ...request, path });
      if (!others.some((it) => failures.has(it.outcome))) {
        return others.map((it) => ({ path: it, asked: path }));
      }
    }
  }
  return paths.map((path) => ({ path, asked: '' }));
}

/** Paths that routes for the host ask for. More than a few make no better answer. */
function routedPaths(view: View, host: string): readonly string[] {
  return view.derive('intent/routed-paths', host, () =>
    virtualServices(view)
      .filter((it) => it.hosts.some((own) => hostsOverlap(own, host)))
      .flatMap((it) => it.http)
      .flatMap(({ route }) => route.match ?? [])
      .flatMap(({ uri }) => uri?.prefix ?? uri?.exact ?? [])
      .slice(0, 5),
  );
}
