import { namespacesText } from '../../intent/clients';
import { likelyProbesOfEntry } from '../../intent/probes';
import { type Way, waysOf } from '../../intent/ways';
import { isTls } from '../../mesh/protocols';
import { servicesNamed } from '../../mesh/registry';
import type { View } from '../../workspace/view';
import { type OtherFindings, type RuleFinding, rule } from '../rule';

export const plainToTlsPort = rule({
  name: 'service-entry/plain-to-tls-port',
  layer: 'traffic',
  severity: 'warning',
  summary:
    'Plain requests arrive at a port of the host that speaks TLS, since nothing encrypts them on the way.',
  on: 'ServiceEntry',
  followsRequests: true,

  *check(resource, view, others) {
    const reported = new Set<number>();
    for (const probe of likelyProbesOfEntry(view, resource)) {
      const way = waysOf(view, probe).find((it) => arrivesPlain(view, it));
      if (way && !reported.has(probe.port) && !isTold(way, others)) {
        reported.add(probe.port);
        yield finding(way);
      }
    }
  },
});

function arrivesPlain(view: View, { probe, path }: Way): boolean {
  const { outcome, host, port, tls } = path;
  if (probe.request.scheme !== 'http' || outcome !== 'external' || tls.length > 0) {
    return false;
  }
  const ports = servicesNamed(view, host ?? '').flatMap((it) => it.ports);
  const alike = ports.filter((it) => String(it.number) === port);
  return alike.length > 0 && alike.every((it) => isTls(it.protocol));
}

function isTold({ path }: Way, others: OtherFindings): boolean {
  return path.hops.some((hop) => hop.decidedBy.some((it) => others.mention(it.resource)));
}

function finding({ probe, request, path }: Way): RuleFinding {
  const at = path.hops.at(-1);
  const from = namespacesText(probe.request.from.namespace);
  return {
    path: [...probe.origin.path, 'number'],
    message: `Plain requests from ${from} to "${request}" arrive in plain text at "${path.host}:${path.port}", which speaks TLS: no rule that the ${at?.proxy ?? 'sidecar'} follows encrypts them`,
    related: (at?.decidedBy ?? [])
      .filter((it) => it.resource.slot !== probe.origin.resource.slot)
      .slice(0, 3)
      .map((it) => ({ ...it, message: `The ${at!.proxy} goes by this` })),
  };
}
