import { message } from './message';
import { unnamedPorts } from './service-ports';

export const externalNamePort = message({
  name: 'istioctl/external-name-port',
  istio: 'IST0150',
  severity: 'warning',
  summary:
    'A Service that stands for an external name has a port that is plain TCP or does not tell its protocol.',
  on: 'Service',

  *check(service) {
    if (service.spec.type !== 'ExternalName') {
      return;
    }
    for (const index of unnamedPorts(service)) {
      const { name, port } = service.spec.ports![index]!;
      yield {
        path: ['spec', 'ports', index, ...(name === undefined ? [] : ['name'])],
        message: `${name ? `"${name}"` : `Port ${port} without a name`} makes proxies take every connection to this port, whatever its address, for the external name: name it after what is spoken, such as "https"`,
      };
    }
  },
});
