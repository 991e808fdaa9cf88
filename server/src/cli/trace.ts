import { parseArgs } from 'node:util';
import { checkSettings, engineFor } from './check';
import { readInputs } from './files';
import { printableJson } from './format/printable';
import { traceText } from './format/trace-text';
import { oneOf } from './options';
import { Places } from './result';
import { type Call, type ResultPath, scopesWithDocuments, traceCalls } from './trace-calls';
import { UsageError } from './usage';

/** What happens to one request. */
export async function trace(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      from: { type: 'string' },
      method: { type: 'string' },
      header: { type: 'string', multiple: true },
      address: { type: 'string' },
      format: { type: 'string', default: 'pretty' },
    },
  });
  const format = oneOf('--format', values.format, ['pretty', 'json']);
  const [url, ...paths] = positionals;
  if (url === undefined || values.from === undefined) {
    throw new UsageError(
      'name the request and where it comes from: trace https://edition.cnn.com/ --from shop',
    );
  }
  const call: Call = {
    id: 'request',
    ...readUrl(url),
    from: readSource(values.from),
    ...(values.method !== undefined && { method: values.method }),
    ...(values.header && { headers: readHeaders(values.header) }),
    ...(values.address !== undefined && { address: values.address }),
  };
  const inputs = await readInputs(paths);
  const merged = { root: inputs[0]!.root, files: inputs.flatMap((it) => it.files) };
  const engine = engineFor(merged, { ...checkSettings({}), single: paths.length > 1 });
  const apart = scopesWithDocuments(engine);
  if (apart.length > 1) {
    const names = apart.map((it) => it.plan.name).join(', ');
    throw new UsageError(`these files are not applied together, so name those of one scope: ${names}`);
  }
  const answer = traceCalls(engine, [call], new Places(engine).locate)[0]!;
  process.stdout.write(format === 'json' ? `${printableJson(answer)}\n` : traceText(answer));
  return answer.paths.every(isAsConfigured) ? 0 : 1;
}

/** Leaves, or ends where the configuration says it should. */
function isAsConfigured({ outcome }: ResultPath): boolean {
  return ['external', 'mesh', 'redirect', 'direct-response'].includes(outcome);
}

const defaultPorts: { readonly [scheme: string]: number } = { http: 80, https: 443 };

function readUrl(text: string): Pick<Call, 'scheme' | 'host' | 'port' | 'path'> {
  const parts =
    /^(?<scheme>https?|tls|tcp):\/\/(?<host>\[[^\]]+\]|[^:/?#]+)(?::(?<port>\d+))?(?<path>[/?#].*)?$/.exec(
      text,
    )?.groups;
  if (!parts) {
    throw new UsageError(
      `"${text}" is no request: write http://host/path, https://host/path, tls://host:port or tcp://host:port`,
    );
  }
  const scheme = parts.scheme as Call['scheme'];
  const port = parts.port === undefined ? defaultPorts[scheme] : Number(parts.port);
  if (port === undefined || port < 1 || port > 65535) {
    throw new UsageError(`"${text}" needs a port from 1 to 65535`);
  }
  return { scheme, host: parts.host!.replace(/^\[|\]$/g, ''), port, ...(parts.path && { path: parts.path }) };
}

function readSource(text: string): Call['from'] {
  const slash = text.indexOf('/');
  if (slash < 0) {
    return { namespace: text };
  }
  const labels = text
    .slice(slash + 1)
    .split(',')
    .map((pair) => pair.split('='));
  if (labels.some((pair) => pair.length !== 2 || pair[0] === '')) {
    throw new UsageError(`--from "${text}" is not NAMESPACE/LABEL=VALUE,…`);
  }
  return { namespace: text.slice(0, slash), labels: Object.fromEntries(labels) };
}

function readHeaders(list: readonly string[]): { readonly [name: string]: string } {
  return Object.fromEntries(
    list.map((header) => {
      const equals = header.indexOf('=');
      if (equals < 1) {
        throw new UsageError(`--header "${header}" is not NAME=VALUE`);
      }
      return [header.slice(0, equals), header.slice(equals + 1)];
    }),
  );
}
