import { isHttp } from '../mesh/protocols';
import type { View } from '../workspace/view';
import { anyNamespace, clientNames } from './clients';
import { destinations, leavesMesh } from './destinations';

/** What nobody may conclude from an audit, in sentences. */
export function limits(view: View): readonly string[] {
  const inside = view.all('ServiceEntry').filter((it) => !leavesMesh(it)).length;
  return [
    ...(clientNames(view).includes(anyNamespace)
      ? [
          'No file names a namespace whose pods make requests, so answers are given for any namespace that no file says anything of.',
        ]
      : []),
    'REGISTRY_ONLY is no security boundary: a sidecar decides by names that applications choose, and a pod can get round its sidecar. Only a NetworkPolicy or a firewall that lets nothing but gateways out stops that.',
    'NetworkPolicies count only where the network plugin of the cluster enforces them. Policies of other kinds, firewalls and nodes are not followed.',
    'Containers that run as the user of the proxy, that start before it, or that send UDP are seen by no sidecar, whatever the files say.',
    'AuthorizationPolicies, EnvoyFilters, extensions, what DNS answers and whether hosts are up are not followed.',
    ...(destinations(view).some((it) => isHttp(it.protocol))
      ? [
          'Of routes that look at paths or headers one request each is followed; expressions only where an example can be made up.',
        ]
      : []),
    ...(inside > 0
      ? [
          `${inside === 1 ? 'One ServiceEntry is' : `${inside} ServiceEntries are`} declared MESH_INTERNAL and taken to be inside of the mesh.`,
        ]
      : []),
  ];
}
