import type { GatewayHop } from '../intent/hops';
import { meshGateway } from '../mesh/hosts';
import type { RouteMatch } from '../model/specs';
import type { YamlEdit } from '../yaml/edit';

/** Lets the matches of a hop that are open count for sidecars only. */
export function narrowToMesh(hop: GatewayHop, isOpen: (match: RouteMatch) => boolean): YamlEdit[] {
  const value = [meshGateway];
  if (hop.matches.length === 0) {
    return [{ op: 'set', path: [...hop.route.path, 'match'], value: [{ gateways: value }] }];
  }
  return hop.matches
    .filter(({ match }) => isOpen(match))
    .map(({ origin }) => ({ op: 'set', path: [...origin.path, 'gateways'], value }));
}
