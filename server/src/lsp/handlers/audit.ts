import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { audit, auditInParts } from '../../engine/audit/audit';
import { anyNamespace } from '../../engine/audit/clients';
import type { AuditGroup } from '../../engine/audit/group-rows';
import { auditCsv } from '../../engine/audit/report-csv';
import { auditMarkdown } from '../../engine/audit/report-markdown';
import type { AuditRow, Enforcement } from '../../engine/audit/row';
import { selectRows } from '../../engine/audit/select-rows';
import { fromText, sentenceOf } from '../../engine/audit/words';
import type { Engine } from '../../engine/engine';
import { whyEmpty } from '../../engine/engine-graph';
import { sampleOf } from '../../engine/intent/probes';
import type { Origin } from '../../engine/mesh/origin';
import type { PlainPlace } from '../../protocol';
import {
  type AuditFact,
  type AuditParams,
  type AuditReport,
  type AuditReportRow,
  type AuditText,
  type AuditTextParams,
  auditRequest,
  auditTextRequest,
} from '../../protocol/audit';
import type { TraceCall } from '../../protocol/trace';
import type { Shell } from '../shell';
import { placeOf, placer, type ToPlace } from './places';

/** Nobody reads on a page what would not fit into a report. */
const mostRows = 500;

/** Every way out of a scope, for the page of the audit and as a text. */
export function registerAudit(shell: Shell): void {
  const { connection } = shell;
  let latest = 0;
  connection.onRequest(auditRequest, async (params: AuditParams): Promise<AuditReport> => {
    const turn = ++latest;
    shell.flush();
    shell.announce();
    await prepare(shell, params.uri, () => turn === latest);
    return reportOf(shell, params);
  });
  connection.onRequest(auditTextRequest, (params: AuditTextParams): AuditText => {
    shell.flush();
    return { text: textOf(shell, params) };
  });
}

/** After so long whoever types comes first. In milliseconds. */
const slice = 20;

/** Does the work beforehand, a little at a time, as long as nobody has asked anew. */
async function prepare(shell: Shell, uri: string, isWanted: () => boolean): Promise<void> {
  const [live] = shell.projects.of(uri).engine.scopesOf(uri);
  let start = performance.now();
  for (const _ of live ? auditInParts(live.scope) : []) {
    if (performance.now() - start > slice) {
      await new Promise((resolve) => setImmediate(resolve));
      start = performance.now();
    }
    if (!isWanted()) {
      throw new ResponseError(LSPErrorCodes.ContentModified, 'somebody has asked anew');
    }
  }
}

function reportOf(
  shell: Shell,
  { uri, filter = '', verdicts = [], most = mostRows }: AuditParams,
): AuditReport {
  const { engine } = shell.projects.of(uri);
  const [live] = engine.scopesOf(uri);
  const { rows, enforcement, limits } = live ? audit(live.scope) : nothing;
  const toPlace = placer(shell, engine);
  const found = selectRows(rows, { text: filter, verdicts });
  return {
    scope: live?.plan.name ?? '',
    counts: countsOf(rows),
    rows: found.slice(0, most).map((it) => toRow(it, toPlace)),
    matching: found.length,
    enforcement: enforcement.map((it) => toFact(it, toPlace)),
    limits,
    ...(rows.length === 0 && { empty: whyEmpty(engine, live, { uri, extent: 'scope', filtered: false }) }),
  };
}

const nothing = { rows: [], enforcement: [], limits: [] };

function countsOf(rows: readonly AuditRow[]): AuditReport['counts'] {
  const counts: { [verdict in AuditRow['verdict']]?: number } = {};
  for (const { verdict } of rows) {
    counts[verdict] = (counts[verdict] ?? 0) + 1;
  }
  return counts;
}

function toRow(row: AuditGroup, toPlace: ToPlace): AuditReportRow {
  const { host, port, protocol, verdict, via, from, decidedBy } = row;
  const places = placesOf(decidedBy, toPlace);
  const call = callOf(row);
  return {
    host,
    port,
    protocol,
    verdict,
    via,
    from: from.map(fromText),
    reason: sentenceOf(row),
    places,
    ...(call && { call }),
  };
}

/** A request of the first who make it. What is told apart by a path, a header or an address is not said by its host. */
function callOf({ host, port, protocol, from, requests, weight }: AuditGroup): TraceCall | undefined {
  const scheme = schemes.get(protocol);
  const [client] = from;
  const isWhole =
    client && client.namespace !== anyNamespace && requests === undefined && weight === undefined;
  return isWhole && scheme && host !== '*' && port !== '*'
    ? { from: client, scheme, host: sampleOf(host), port: Number(port) }
    : undefined;
}

/** Protocols whose requests carry the name of their host. */
const schemes: ReadonlyMap<string, TraceCall['scheme']> = new Map([
  ['HTTP', 'http'],
  ['HTTP2', 'http'],
  ['GRPC', 'http'],
  ['GRPC-Web', 'http'],
  ['HTTPS', 'https'],
  ['TLS', 'https'],
]);

function toFact({ state, text, decidedBy }: Enforcement, toPlace: ToPlace): AuditFact {
  return { state, text, places: placesOf(decidedBy, toPlace) };
}

/** Two places on one line look the same to whoever follows them. */
function placesOf(origins: readonly Origin[], toPlace: ToPlace): readonly PlainPlace[] {
  const places = origins.flatMap((it) => placeOf(it, toPlace).place ?? []);
  return [...new Map(places.map((it) => [`${it.uri}:${it.range.start.line}`, it])).values()];
}

function textOf(shell: Shell, { uri, format }: AuditTextParams): string {
  const { engine } = shell.projects.of(uri);
  const [live] = engine.scopesOf(uri);
  if (!live) {
    return '';
  }
  const toPlace = placer(shell, engine);
  const placeText = (origin: Origin): string | undefined => {
    const { place } = placeOf(origin, toPlace);
    return (
      place && `${nameOf(engine, place.uri)}:${place.range.start.line + 1}:${place.range.start.character + 1}`
    );
  };
  const scopes = [{ name: live.plan.name, placeText, ...audit(live.scope) }];
  return format === 'csv' ? auditCsv(scopes) : auditMarkdown(scopes);
}

/** As files are called in the folder of the scope. */
function nameOf(engine: Engine, uri: string): string {
  return engine.workspace.pathOf(uri) ?? uri;
}
