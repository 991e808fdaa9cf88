import { meshGateways } from '../mesh/gateways';
import { meshGateway } from '../mesh/hosts';
import { items, text } from '../model/guards';
import type { View } from '../workspace/view';
import type { Candidate } from './candidate';
import { describeGateway, gatewayDetail } from './describe-mesh';
import { valueAt } from './manifest';
import { mark } from './mark';
import type { Site } from './reference-sites';

/** Gateways as a VirtualService calls them: short in their own namespace. A match chooses from `spec.gateways`. */
export function gatewayCandidates(view: View, { manifest, path, role }: Site): readonly Candidate[] {
  if (role !== 'use') {
    return [];
  }
  const all: readonly Candidate[] = [
    ...meshGateways(view)
      .map((gateway) => ({
        value: gateway.namespace === manifest.namespace ? gateway.name : gateway.id,
        detail: gatewayDetail(gateway),
        describe: () => describeGateway(view, gateway),
      }))
      .sort((a, b) => Number(a.value.includes('/')) - Number(b.value.includes('/'))),
    { value: meshGateway, detail: 'the sidecars' },
  ];
  if (!path.includes('match')) {
    return all;
  }
  const bound = items(valueAt(manifest.object, ['spec', 'gateways'])).flatMap((it) => text(it) ?? []);
  const first = bound
    .filter((it) => it !== mark)
    .map((value) => all.find((it) => it.value === value) ?? { value, detail: 'of spec.gateways' });
  return [...first, ...all];
}
