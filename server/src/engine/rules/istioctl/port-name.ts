import { message } from './message';
import { unnamedPorts } from './service-ports';

export const portName = message({
  name: 'istioctl/port-name',
  istio: 'IST0118',
  severity: 'info',
  summary: 'The name of a port does not tell the protocol, so proxies have to guess it.',
  on: 'Service',

  *check(service) {
    if (service.spec.type === 'ExternalName') {
      return;
    }
    for (const index of unnamedPorts(service)) {
      const { name, port } = service.spec.ports![index]!;
      yield {
        path: ['spec', 'ports', index, ...(name === undefined ? [] : ['name'])],
        message: `${name ? `"${name}" does not start with` : `Port ${port} has no name that starts with`} a protocol, such as "http-" or "tcp-", so proxies guess it from the first bytes`,
      };
    }
  },
});
