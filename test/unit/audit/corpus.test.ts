import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { audit } from '../../../server/src/engine/audit/audit';
import type { AuditRow } from '../../../server/src/engine/audit/row';
import { failures } from '../../../server/src/engine/intent/ways';
import { hostsOverlap } from '../../../server/src/engine/mesh/hosts';
import { type RecordedCall, type RecordedPath, trafficCases, viewOf } from '../../support/traffic-cases';

const protocols = { http: 'HTTP', https: 'TLS', tls: 'TLS', tcp: 'TCP' } as const;

/** The audit's word for where Istio's own code sends a request; nothing for what does not leave by itself. */
function verdictOf({ outcome, via = [] }: RecordedPath): string | undefined {
  if (failures.has(outcome!)) {
    return 'broken';
  }
  switch (outcome) {
    case 'external':
      return via.length > 0 ? 'gateway' : 'direct';
    case 'direct-response':
    case 'redirect':
      return 'blocked';
    case 'mesh':
      return undefined;
    default:
      return outcome;
  }
}

/** The rows that speak of a request: of its host, of a wildcard over it, or of any host. */
function rowsFor(rows: readonly AuditRow[], { host, port, scheme, from }: RecordedCall): readonly AuditRow[] {
  const own = rows.filter((it) => it.from.namespace === from.namespace);
  const hosts = [...new Set(own.map((it) => it.host))]
    .filter((it) => it !== '*' && hostsOverlap(it, host))
    .sort((a, b) => b.length - a.length);
  const onPort = (wanted: string) => (it: AuditRow) => it.port === wanted;
  const of = (name: string) => own.filter((it) => it.host === name).filter(onPort(String(port)));
  const named = hosts.map(of).find((it) => it.length > 0);
  const strange = of('*').filter((it) => ['*', protocols[scheme]].includes(it.protocol));
  return named ?? (strange.length > 0 ? strange : own.filter((it) => it.host === '*').filter(onPort('*')));
}

let compared = 0;

for (const file of ['bases.jsonl', 'mutants.jsonl']) {
  suite(`the audit says what Istio's own code does: ${file}`, () => {
    for (const it of trafficCases(file)) {
      test(it.id, () => {
        const { rows } = audit(viewOf(it));
        // What an application connects to by address is not for the files to say.
        for (const call of it.calls.filter(({ address }) => address === undefined)) {
          const told = rowsFor(rows, call);
          const wanted = call.paths.flatMap((path) => verdictOf(path) ?? []);
          const isKnown = rows.some(({ from }) => from.namespace === call.from.namespace);
          for (const verdict of isKnown ? wanted : []) {
            compared++;
            const said = told.map((row) => row.verdict);
            assert.ok(
              said.includes(verdict as AuditRow['verdict']),
              `${call.id}: ${verdict}, not ${said.join()}`,
            );
          }
        }
      });
    }
  });
}

test('enough requests were compared', () => assert.ok(compared > 700, String(compared)));
