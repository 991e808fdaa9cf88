import { parseArgs } from 'node:util';
import { audit as auditScope } from '../engine/audit/audit';
import { goesRound } from '../engine/audit/row';
import { checkSettings, engineFor } from './check';
import { readInputs } from './files';
import { auditCsv } from './format/audit-csv';
import { auditMarkdown } from './format/audit-markdown';
import { auditPretty } from './format/audit-pretty';
import { type AuditedScope, resultRows } from './format/audit-row';
import { printable, printableJson } from './format/printable';
import { oneOf } from './options';
import { Places } from './result';

/** Every way out of the mesh: host by host, port by port, for every namespace that is known to make requests. */
export async function audit(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'pretty' },
      'closed-world': { type: 'boolean', default: false },
      mesh: { type: 'string' },
      'no-stock-gateway': { type: 'boolean', default: false },
    },
  });
  const format = oneOf('--format', values.format, ['pretty', 'json', 'csv', 'markdown']);
  const settings = checkSettings({
    closedWorld: values['closed-world'],
    mesh: values.mesh,
    noStockGateway: values['no-stock-gateway'],
  });
  const scopes = (await readInputs(positionals)).flatMap((input): AuditedScope[] => {
    const engine = engineFor(input, settings);
    const { locate } = new Places(engine);
    return [...engine.workspace.scopes()]
      .filter(({ scope }) => [...scope.slots()].length > 0)
      .map(({ scope, plan }) => ({ name: plan.name, locate, ...auditScope(scope) }));
  });
  process.stdout.write(formats[format](scopes));
  if (format === 'json' || format === 'csv') {
    tellBeside(scopes);
  }
  return scopes.flatMap((it) => it.rows).some(goesRound) ? 1 : 0;
}

const formats = {
  pretty: auditPretty,
  json: (scopes: readonly AuditedScope[]) => `${printableJson(scopes.flatMap(resultRows))}\n`,
  csv: auditCsv,
  markdown: auditMarkdown,
} as const;

/** What a list of rows has no place for. */
function tellBeside(scopes: readonly AuditedScope[]): void {
  for (const { state, text } of scopes.flatMap((it) => it.enforcement)) {
    process.stderr.write(`istio-egress audit: ${state}: ${printable(text)}\n`);
  }
}
