import { parseArgs } from 'node:util';
import { readInputs } from './files';
import { printableJson } from './format/printable';
import { oneOf } from './options';

/** One way out of the mesh. */
interface AuditRow {
  readonly host: string;
  readonly port: string;
  readonly protocol: string;
  readonly from: { readonly namespace: string };
  readonly verdict: 'gateway' | 'direct' | 'passthrough' | 'blocked' | 'broken' | 'not-evaluated';
  readonly via: readonly string[];
  readonly reason: string;
  readonly decidedBy: readonly { readonly file: string }[];
}

/** Every way out of the mesh. Until the traffic engine answers, the one row says so. */
export async function audit(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { format: { type: 'string', default: 'pretty' } },
  });
  const format = oneOf('--format', values.format, ['pretty', 'json', 'csv', 'markdown']);
  await readInputs(positionals);
  const rows: readonly AuditRow[] = [
    {
      host: '*',
      port: '*',
      protocol: '*',
      from: { namespace: '*' },
      verdict: 'not-evaluated',
      via: [],
      reason: 'this version does not follow every request yet; trace follows one',
      decidedBy: [],
    },
  ];
  process.stdout.write(`${formats[format](rows)}\n`);
  return 0;
}

const formats = {
  pretty: (rows: readonly AuditRow[]) => rows.map((it) => `${it.verdict}: ${it.reason}`).join('\n'),
  json: printableJson,
  csv: (rows: readonly AuditRow[]) =>
    [columns, ...rows.map(cells)].map((line) => line.map(csvCell).join(',')).join('\n'),
  markdown: (rows: readonly AuditRow[]) =>
    [columns, columns.map(() => '---'), ...rows.map(cells)]
      .map((line) => `| ${line.map(markdownCell).join(' | ')} |`)
      .join('\n'),
} as const;

const columns = ['host', 'port', 'protocol', 'from', 'verdict', 'via', 'reason', 'decidedBy'];

function cells(row: AuditRow): string[] {
  const { host, port, protocol, from, verdict, via, reason, decidedBy } = row;
  const decided = decidedBy.map((it) => it.file).join(' ');
  return [host, port, protocol, from.namespace, verdict, via.join(' '), reason, decided];
}

const csvCell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const markdownCell = (text: string): string => text.replaceAll('*', '\\*').replaceAll('|', '\\|');
