import { isHttp } from '../mesh/protocols';
import type { View } from '../workspace/view';
import { anyNamespace, clientNames, clientsIn, mostClients } from './clients';
import { destinations, leavesMesh } from './destinations';

/** Namespaces with more kinds of pods than were asked for. */
function cutShort(view: View): readonly string[] {
  const cut = clientNames(view).filter((it) => clientsIn(view, it).length >= mostClients);
  const names = cut.map((it) => `"${it}"`).join(', ');
  return cut.length > 0
    ? [
        `Matches, Sidecars or policies tell more kinds of pods apart in ${names} than ${mostClients}: the others have no rows.`,
      ]
    : [];
}

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
    ...cutShort(view),
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
