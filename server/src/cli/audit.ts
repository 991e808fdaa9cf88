import { parseArgs } from 'node:util';
import { audit as auditScope } from '../engine/audit/audit';
import { auditCsv } from '../engine/audit/report-csv';
import { auditMarkdown } from '../engine/audit/report-markdown';
import { type AuditedScope, type AuditRow, goesRound } from '../engine/audit/row';
import { sentenceOf } from '../engine/audit/words';
import type { Origin } from '../engine/mesh/origin';
import { printableJson, printableLine } from '../engine/text/printable';
import { checkSettings, engineFor } from './check';
import { readInputs } from './files';
import { auditPretty } from './format/audit-pretty';
import { oneOf } from './options';
import { type Locate, Places, placeOf, type ResultPlace } from './result';

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
  const scopes = (await readInputs(positionals)).flatMap((input, index, all): Located[] => {
    const engine = engineFor(input, settings);
    const locate = remembering(new Places(engine).locate);
    const placeText = (it: Origin): string | undefined => textOf(placeOf(it, locate));
    return [...engine.workspace.scopes()]
      .filter(({ scope }) => [...scope.slots()].length > 0)
      .map(({ scope, plan }) => {
        const name = all.length > 1 ? pathName(positionals[index], plan.name) : plan.name;
        return { name, locate, placeText, ...auditScope(scope) };
      });
  });
  process.stdout.write(formats[format](scopes));
  if (format === 'json' || format === 'csv') {
    tellBeside(scopes);
  }
  return scopes.flatMap((it) => it.rows).some(goesRound) ? 1 : 0;
}

const formats = {
  pretty: auditPretty,
  json: (scopes: readonly Located[]) => `${printableJson(scopes.flatMap(resultRows))}\n`,
  csv: auditCsv,
  markdown: auditMarkdown,
} as const;

interface Located extends AuditedScope {
  readonly locate: Locate;
}

/** One way out of the mesh, in the shape of the command line's contract. */
interface ResultRow extends Omit<AuditRow, 'decidedBy'> {
  readonly decidedBy: readonly ResultPlace[];
}

function resultRows({ rows, locate }: Located): readonly ResultRow[] {
  return rows.map(({ decidedBy, ...row }) => ({
    ...row,
    reason: sentenceOf(row),
    decidedBy: decidedBy.flatMap((it) => placeOf(it, locate) ?? []),
  }));
}

/** Many rows name the same places, and to find one takes a walk through its document. */
function remembering(locate: Locate): Locate {
  const known = new Map<string, ResultPlace | undefined>();
  return (slot, path) => {
    const key = `${slot.id} ${path.join('\n')}`;
    if (!known.has(key)) {
      known.set(key, locate(slot, path));
    }
    return known.get(key);
  };
}

function textOf(place: ResultPlace | undefined): string | undefined {
  return place && `${place.file}:${place.range.start.line + 1}:${place.range.start.character + 1}`;
}

/** Each PATH is a scope of its own, and those all have one name. */
function pathName(path: string | undefined, scope: string): string {
  return scope === 'workspace' ? (path ?? scope) : `${path}: ${scope}`;
}

/** What a list of rows has no place for. */
function tellBeside(scopes: readonly AuditedScope[]): void {
  for (const { state, text } of scopes.flatMap((it) => it.enforcement)) {
    process.stderr.write(`istio-egress audit: ${state}: ${printableLine(text)}\n`);
  }
}
