import { parseArgs } from 'node:util';
import { readInputs } from './files';
import { oneOf } from './options';

/** Every way out of the mesh. Until the traffic engine answers, the one row says so. */
export async function audit(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { format: { type: 'string', default: 'pretty' } },
  });
  const format = oneOf('--format', values.format, ['pretty', 'json', 'csv', 'markdown']);
  await readInputs(positionals);
  const reason = 'this version does not follow requests yet';
  const rows = [
    {
      host: '*',
      port: '*',
      protocol: '*',
      from: { namespace: '*' },
      verdict: 'not-evaluated',
      via: [],
      reason,
      decidedBy: [],
    },
  ];
  process.stdout.write(
    format === 'json' ? `${JSON.stringify(rows, null, 2)}\n` : `not-evaluated: ${reason}\n`,
  );
  return 0;
}
