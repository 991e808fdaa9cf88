import type { Labels } from '../model/specs';
import type { View } from '../workspace/view';
import { askerOf } from './asked';
import { anyNamespace, type Client, clientNames, clientsIn, concerns } from './clients';
import { destinations, nameOf, protocolName } from './destinations';
import { enforcement } from './enforcement';
import { excludedBlocks } from './excluded-blocks';
import { follow } from './follow';
import { limits } from './limits';
import type { Audit, AuditRow, Ending } from './row';
import { keyOf } from './row-key';
import { strangeHost } from './strangers';
import { unregistered } from './unregistered';

/** Every way out of a scope: host by host, port by port, for the pods of every namespace that is known to make requests. */
export function audit(view: View): Audit {
  const rows = asking(view).flatMap((it) => rowsOf(view, it));
  return { rows: rows.sort(compareRows), enforcement: enforcement(view), limits: limits(view) };
}

/** Does the work of an audit part by part, for those who cannot wait for all of it; what is done is kept. */
export function* auditInParts(view: View): Generator<void> {
  for (const it of asking(view)) {
    rowsOf(view, it);
    yield;
  }
}

/** The namespaces whose requests are followed; none when there is nothing they could ask for. */
function asking(view: View): readonly string[] {
  const names = clientNames(view);
  const isEmpty = destinations(view).length === 0 && names.every((it) => it === anyNamespace);
  return isEmpty ? [] : names;
}

/** The rows of a namespace. They are kept until something changes that one of its requests meets. */
function rowsOf(view: View, namespace: string): readonly AuditRow[] {
  return view.derive('audit/rows', namespace, () => {
    const [plain, ...special] = clientsIn(view, namespace);
    const own = clientRows(view, plain!);
    if (special.length === 0) {
      return own;
    }
    const known = new Set(own.map(keyOf));
    // Pods that are told apart have a row only where it tells something else.
    return [...own, ...special.flatMap((it) => clientRows(view, it).filter((row) => !known.has(keyOf(row))))];
  });
}

function clientRows(view: View, client: Client): readonly AuditRow[] {
  const from = { namespace: client.namespace, ...labelsOf(client) };
  const toRow = (host: string, port: string, protocol: string, ending: Ending): AuditRow => {
    return { host, port, protocol, from, ...ending };
  };
  const asked = client.hosts
    ? destinations(view).filter((it) => concerns(client, nameOf(it)))
    : destinations(view);
  const asker = askerOf(view, client);
  const named = asked.flatMap((it) =>
    follow(asker, it).map((ending) => toRow(it.host, String(it.port), protocolName(it), ending)),
  );
  if (!concerns(client, strangeHost)) {
    return named;
  }
  return [
    ...named,
    ...excludedBlocks(asker).map(({ block, ending }) => toRow(block, '*', '*', ending)),
    ...unregistered(asker).map(({ port, protocol, ending }) => toRow('*', port, protocol, ending)),
  ];
}

function labelsOf({ labels }: Client): { readonly labels?: Labels } {
  return Object.keys(labels).length > 0 ? { labels } : {};
}

/** By host, then port, then namespace; hosts nobody registered come last. */
function compareRows(a: AuditRow, b: AuditRow): number {
  return (
    Number(a.host === '*') - Number(b.host === '*') ||
    compare(a.host, b.host) ||
    portNumber(a) - portNumber(b) ||
    compare(a.protocol, b.protocol) ||
    compare(a.from.namespace, b.from.namespace)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function portNumber({ port }: AuditRow): number {
  return port === '*' ? 0 : Number(port);
}
