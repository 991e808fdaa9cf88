import { parseArgs } from 'node:util';
import { scaffoldRoute } from '../engine/generate/route-for';
import { routePatterns } from '../engine/generate/wish';
import { oneOf } from './options';
import { UsageError } from './usage';

/** The manifests of a complete egress route, from nothing but a host. */
export async function generate(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      port: { type: 'string', multiple: true },
      pattern: { type: 'string' },
      namespace: { type: 'string' },
      gateway: { type: 'string' },
    },
  });
  const [host, ...others] = positionals;
  if (host === undefined || others.length > 0) {
    throw new UsageError('name one host: generate edition.cnn.com');
  }
  const { plan, files } = scaffoldRoute({
    host,
    ...(values.port && { ports: values.port.flatMap((it) => it.split(',')).map(readPort) }),
    ...(values.pattern !== undefined && { pattern: oneOf('--pattern', values.pattern, routePatterns) }),
    ...(values.namespace !== undefined && { namespace: readNamespace(values.namespace) }),
    ...(values.gateway !== undefined && { gateway: readGateway(values.gateway) }),
  });
  if (plan.refused !== undefined) {
    throw new UsageError(plan.refused);
  }
  for (const note of plan.notes) {
    process.stderr.write(`istio-egress: ${note}\n`);
  }
  process.stdout.write(files.map((it) => it.text).join('---\n'));
  return 0;
}

function readPort(text: string): { readonly number: number } {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 65535) {
    throw new UsageError(`--port takes a number from 1 to 65535, not "${text}"`);
  }
  return { number };
}

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

function readNamespace(text: string): string {
  if (!label.test(text)) {
    throw new UsageError(`--namespace takes the name of a namespace, not "${text}"`);
  }
  return text;
}

function readGateway(text: string): { readonly namespace: string; readonly name: string } {
  const [namespace, name, ...rest] = text.split('/');
  if (!namespace || !name || rest.length > 0) {
    throw new UsageError(`--gateway takes NAMESPACE/NAME of the gateway's Service, not "${text}"`);
  }
  return { namespace, name };
}
