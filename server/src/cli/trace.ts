import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import { printableJson } from '../engine/text/printable';
import { type RequestTarget, readClient, readRequestUrl } from '../engine/traffic/read-request';
import { checkSettings, engineFor } from './check';
import { readInputs } from './files';
import { traceText } from './format/trace-text';
import { oneOf } from './options';
import { Places } from './result';
import { type Call, explainedCall, scopesWithDocuments } from './trace-calls';
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
    ...(values.address !== undefined && { address: readAddress(values.address) }),
  };
  const inputs = await readInputs(paths);
  const merged = { root: inputs[0]!.root, files: inputs.flatMap((it) => it.files) };
  const engine = engineFor(merged, { ...checkSettings({}), single: paths.length > 1 });
  const apart = scopesWithDocuments(engine);
  if (apart.length > 1) {
    const names = apart.map((it) => it.plan.name).join(', ');
    throw new UsageError(`these files are not applied together, so name those of one scope: ${names}`);
  }
  const answer = explainedCall(engine, call, new Places(engine).locate);
  process.stdout.write(format === 'json' ? `${printableJson(answer)}\n` : traceText(answer));
  return answer.paths.every(({ state }) => state === 'ok') ? 0 : 1;
}

function readUrl(text: string): RequestTarget {
  const target = readRequestUrl(text);
  if ('trouble' in target) {
    throw new UsageError(`"${text}" is no request: ${target.trouble}`);
  }
  return target;
}

function readSource(text: string): Call['from'] {
  const client = readClient(text);
  if ('trouble' in client) {
    throw new UsageError(`--from ${client.trouble}`);
  }
  return client.from;
}

function readAddress(text: string): string {
  if (isIP(text) === 0) {
    throw new UsageError(`--address takes an IP address, not "${text}"`);
  }
  return text;
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
