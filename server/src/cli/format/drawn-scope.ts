import type { EdgeState, Graph, NodeKind } from '../../engine/graph/graph';
import type { Locate } from '../result';

/** A scope and its graph. Scopes are not applied together, so no picture joins their nodes. */
export interface DrawnScope {
  readonly name: string;
  readonly graph: Graph;
  readonly locate: Locate;
}

/** The same node of two scopes is two nodes; with one scope ids need no addition. */
export function idsIn(scopes: readonly DrawnScope[], scope: DrawnScope): (id: string) => string {
  return scopes.length < 2 ? (id) => id : (id) => `${scopes.indexOf(scope)} ${id}`;
}

export const laneTitles: { readonly [kind in NodeKind]: string } = {
  client: 'Clients',
  route: 'Sidecar routes',
  gateway: 'Gateways',
  host: 'Hosts',
};

/** Pictures tell states apart by a word besides the line. */
export const stateWords: { readonly [state in EdgeState]: string } = {
  ok: '',
  bypass: 'bypass',
  blocked: 'blocked',
  broken: 'broken',
  'not-evaluated': 'not evaluated',
};
