import { likelyProbesOfEntry } from '../../intent/probes';
import { waysOf } from '../../intent/ways';
import { rule } from '../rule';

export const tlsInsideTls = rule({
  name: 'service-entry/tls-inside-tls',
  layer: 'traffic',
  severity: 'info',
  summary: 'Connections on which applications speak TLS themselves are encrypted again on the way out.',
  on: 'ServiceEntry',
  followsRequests: true,
  isAside: true,

  *check(resource, view) {
    const reported = new Set<number>();
    for (const probe of likelyProbesOfEntry(view, resource)) {
      const isEncrypted = probe.request.scheme === 'https' || probe.request.scheme === 'tls';
      const way = isEncrypted
        ? waysOf(view, probe).find(({ path }) => path.outcome === 'external' && path.tls.length > 1)
        : undefined;
      if (way && !reported.has(probe.port)) {
        reported.add(probe.port);
        const [, outer] = way.path.tls;
        yield {
          path: [...probe.origin.path, 'number'],
          message: `Applications speak TLS on port ${probe.port} themselves, and the ${way.path.hops.at(-1)?.proxy ?? 'sidecar'} wraps it in TLS again (${outer?.mode}): hosts do not expect that`,
          related: (way.path.hops.at(-1)?.decidedBy ?? [])
            .filter((it) => it.resource.slot !== resource.slot)
            .slice(0, 3)
            .map((it) => ({ ...it, message: 'The settings that are followed' })),
        };
      }
    }
  },
});
