import { ageWords } from '../../mesh/age';
import { rule } from '../rule';
import { ignoredServers } from './ignored-servers';

export const gatewayHostTaken = rule({
  name: 'gateway/host-taken',
  istio: 'IST0145',
  layer: 'traffic',
  severity: 'warning',
  summary: 'Another Gateway has a host with TLS on the port first, so the server is left out.',
  on: 'Gateway',

  *check(resource, view) {
    for (const { server, winner, hosts = [], at } of ignoredServers(view, resource)) {
      const host = hosts[0];
      if (host === undefined || winner.gateway.id === server.gateway.id) {
        continue;
      }
      yield {
        path: [...server.origin.path, 'hosts', server.hosts.indexOf(host)],
        message: `Gateway "${winner.gateway.id}" ${ageWords(winner.gateway, server.gateway)} and has "${host}" on port ${server.server.port?.number} already, so the gateway "${at}" leaves this server out`,
        related: [{ ...winner.origin, message: 'The server that has the host' }],
      };
    }
  },
});
