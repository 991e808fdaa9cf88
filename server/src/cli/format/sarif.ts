import { rules } from '../../engine/rules/index';
import { printableJson } from '../../engine/text/printable';
import type { Result, ResultDiagnostic } from '../result';
import { version } from '../version';

const levels: { readonly [severity: string]: string } = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

/** SARIF 2.1.0, read by code-scanning services. */
export function sarif({ diagnostics }: Result): string {
  const summaries = new Map(rules.map((rule) => [rule.name as string, rule.summary]));
  const codes = [...new Set(diagnostics.map((it) => it.code))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'istio-egress',
            version,
            rules: codes.map((id) => ({ id, shortDescription: { text: summaries.get(id) ?? id } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((it) => result(it, codes.indexOf(it.code))),
      },
    ],
  };
  return `${printableJson(log)}\n`;
}

function result(it: ResultDiagnostic, ruleIndex: number): object {
  return {
    ruleId: it.code,
    ruleIndex,
    level: levels[it.severity] ?? 'note',
    message: { text: it.message },
    locations: [location(it.file, it.range)],
    relatedLocations: it.related.map((other) => ({
      ...location(other.file, other.range),
      message: { text: other.message },
    })),
  };
}

function location(file: string, { start, end }: ResultDiagnostic['range']): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: encodeURI(file) },
      region: {
        startLine: start.line + 1,
        startColumn: start.character + 1,
        endLine: end.line + 1,
        endColumn: end.character + 1,
      },
    },
  };
}
