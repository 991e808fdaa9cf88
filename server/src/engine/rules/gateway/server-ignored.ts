import { ageWords } from '../../mesh/age';
import { rule } from '../rule';
import { type IgnoredServer, ignoredServers } from './ignored-servers';

export const serverIgnored = rule({
  name: 'gateway/server-ignored',
  layer: 'traffic',
  severity: 'warning',
  summary: 'A server does not go with one that has the port first, so it is left out.',
  on: 'Gateway',

  *check(resource, view) {
    for (const ignored of ignoredServers(view, resource)) {
      const { server, winner, reason } = ignored;
      // Between two Gateways that is another rule's.
      if (reason !== 'duplicate-hosts' || winner.gateway.id === server.gateway.id) {
        yield {
          path: [...server.origin.path, 'port'],
          part: 'key',
          message: `${reasonOf(ignored)}, so the gateway "${ignored.at}" leaves this server out`,
          related: [{ ...winner.origin, message: 'The server that is there first' }],
        };
      }
    }
  },
});

function reasonOf({ server, winner, reason, hosts = [] }: IgnoredServer): string {
  const isOwn = winner.gateway.id === server.gateway.id;
  const who = isOwn
    ? 'A server above'
    : `Gateway "${winner.gateway.id}" ${ageWords(winner.gateway, server.gateway)} and`;
  const port = server.server.port?.number;
  const protocol = winner.server.port?.protocol ?? '';
  switch (reason) {
    case 'duplicate-hosts':
      return `${who} has "${hosts[0]}" on port ${port} already`;
    case 'same-route-name':
      return `${who} has a port of the same number and name`;
    default:
      return `${who} makes port ${port} one for ${protocol}, which ${server.server.port?.protocol ?? ''} cannot join`;
  }
}
