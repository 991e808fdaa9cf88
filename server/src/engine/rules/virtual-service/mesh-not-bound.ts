import { hopWithoutMesh } from '../../intent/bindings';
import { meshGateway } from '../../mesh/hosts';
import { edit, rule } from '../rule';

export const meshNotBound = rule({
  name: 'virtual-service/mesh-not-bound',
  layer: 'traffic',
  severity: 'error',
  summary:
    'A VirtualService sends requests to the egress gateway but is not bound to `mesh`, so no sidecar follows it.',
  on: 'VirtualService',

  *check(resource, view) {
    const hop = hopWithoutMesh(view, resource);
    if (!hop) {
      return;
    }
    const host = hop.virtualService.hosts[0] ?? '';
    yield {
      path: ['spec', 'gateways'],
      part: 'key',
      message: `"mesh" is missing here, so sidecars ignore this route and requests to "${host}" do not pass the gateway "${hop.proxy.id}"`,
      related: [{ ...hop.origin, message: 'This destination is the gateway' }],
      fixes: [
        edit('Add "mesh"', resource, [{ op: 'insert', path: ['spec', 'gateways'], value: meshGateway }], {
          preferred: true,
          safe: true,
        }),
      ],
    };
  },
});
