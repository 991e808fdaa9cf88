import { type TlsDisagreement, tlsDisagreements } from '../../intent/hop-tls';
import { hopsOf } from '../../intent/hops';
import { effectivePolicy } from '../../mesh/effective-policy';
import { sameResource } from '../../mesh/origin';
import { mergedVirtualService } from '../../mesh/virtual-services';
import type { Resource } from '../../model/resource';
import { hopTlsMessage, serverModeFix } from '../hop-tls';
import { edit, type RuleFix, rule } from '../rule';

export const hopTlsMissing = rule({
  name: 'virtual-service/hop-tls-missing',
  layer: 'traffic',
  severity: 'error',
  summary:
    'The server on the egress gateway expects TLS, and no rule that this route follows makes sidecars send it.',
  on: 'VirtualService',

  *check(resource, view) {
    for (const hop of hopsOf(view, mergedVirtualService(view, resource))) {
      const found = tlsDisagreements(view, hop).find((it) => !it.client && !it.subset);
      if (!found || !sameResource(hop.origin.resource, resource)) {
        continue;
      }
      // A rule that decides for these sidecars and says nothing of TLS is where the setting belongs.
      if (found.rule && !found.rule.subsets.some((it) => it.subset.trafficPolicy !== undefined)) {
        continue;
      }
      yield {
        path: [...hop.origin.path, 'host'],
        message: hopTlsMessage(found),
        related: [
          {
            resource: found.server.origin.resource,
            path: [...found.server.origin.path, 'tls'],
            message: 'The server on the other side',
          },
        ],
        fixes: [...serverModeFix(view, found), ...subsetFixes(resource, found)],
      };
    }
  },
});

function subsetFixes(resource: Resource, found: TlsDisagreement): RuleFix[] {
  const path = [...found.hop.origin.path, 'subset'];
  return fittingSubsets(found).map((value, index) =>
    edit(`Use subset "${value}"`, resource, [{ op: 'set', path, value }], { preferred: index === 0 }),
  );
}

/** Subsets of the rule that would send what the server expects. */
function fittingSubsets({ rule: decides, hop, host, server }: TlsDisagreement): readonly string[] {
  const wanted = server.server.tls?.mode;
  return (decides?.subsets ?? [])
    .filter((subset) => {
      const tls = effectivePolicy(decides, subset, hop.port!).tls?.value;
      return tls?.mode === wanted && (tls?.sni === undefined || tls.sni === host);
    })
    .map((it) => it.name);
}
