import { edit, rule } from '../rule';

export const outboundModeUnset = rule({
  name: 'sidecar/outbound-mode-unset',
  layer: 'traffic',
  severity: 'warning',
  summary:
    'A Sidecar has an `outboundTrafficPolicy` without a mode, which blocks every host that is not registered.',
  on: 'Sidecar',

  *check(resource) {
    const { outboundTrafficPolicy } = resource.spec;
    if (!outboundTrafficPolicy || outboundTrafficPolicy.mode !== undefined) {
      return;
    }
    const path = ['spec', 'outboundTrafficPolicy'];
    const choices = ['REGISTRY_ONLY', 'ALLOW_ANY'];
    yield {
      path,
      part: 'key',
      message:
        'Without "mode" this means REGISTRY_ONLY and not what the mesh says: requests to hosts that are not registered are blocked',
      fixes: choices.map((value) =>
        edit(`Write "mode: ${value}"`, resource, [{ op: 'set', path: [...path, 'mode'], value }]),
      ),
    };
  },
});
