import { quoted } from '../../schema/words';
import type { Part } from '../part';
import { type Report, removal } from '../report';
import { isDnsLabel } from '../values/names';

const code = 'istiod/export-to';

interface Options {
  /** A ServiceEntry may be visible to nobody but its own workloads. */
  readonly mayHide?: boolean;
  /** A DestinationRule for some workloads stays in its namespace. */
  readonly staysHome?: boolean;
}

/** Checks `exportTo` of a spec. Whether two entries mean one namespace is known only when its own is. */
export function checkExportTo(spec: Part, report: Report, options: Options = {}): void {
  const entries = spec.items('exportTo');
  const { namespace } = report.context;
  const seen = new Set<string>();
  for (const entry of entries) {
    const text = entry.asText;
    const key = text === '.' ? (namespace ?? '.') : text;
    if (seen.has(key)) {
      const what =
        key === text
          ? `${quoted(text)} stands here twice`
          : `"." is ${quoted(key)}, which stands here already`;
      report.whole(code, entry, what, { fixes: [removal('Remove it', entry, true)] });
    } else if (isEntry(key, options.mayHide ?? false)) {
      seen.add(key);
    } else {
      report.value(code, entry, entryFault(text));
    }
  }
  checkTogether(entries, seen, report);
  if (options.staysHome && seen.size > 0) {
    checkHome(entries, seen, report);
  }
}

function isEntry(key: string, mayHide: boolean): boolean {
  return key === '.' || key === '*' || (key === '~' && mayHide) || isDnsLabel(key);
}

function entryFault(text: string): string {
  return text === '~'
    ? '"~" hides a ServiceEntry from everybody; other kinds cannot be hidden'
    : `${quoted(text)} is no namespace: name one, or use "." for the own one and "*" for all`;
}

function checkTogether(entries: readonly Part[], seen: ReadonlySet<string>, report: Report): void {
  if (entries.length < 2) {
    return;
  }
  for (const [sign, meaning] of [
    ['*', 'everybody'],
    ['~', 'nobody'],
  ] as const) {
    const at = seen.has(sign) && entries.find((it) => it.asText === sign);
    if (at) {
      report.whole(code, at, `"${sign}" exports to ${meaning}, so nothing else may stand beside it`, {
        fixes: [
          {
            title: `Keep "${sign}" alone`,
            edits: [{ op: 'set', path: at.path.slice(0, -1), value: [sign] }],
          },
        ],
      });
    }
  }
}

function checkHome(entries: readonly Part[], seen: ReadonlySet<string>, report: Report): void {
  const { namespace } = report.context;
  const home = namespace === undefined ? seen.has('.') : seen.has(namespace);
  const away = entries.find((it) => it.asText !== '.' && it.asText !== namespace);
  // Without a namespace any name may be the own one.
  const known = namespace !== undefined || entries.some((it) => it.asText === '*');
  if (away && (home ? seen.size > 1 : known)) {
    const why = 'a rule with "workloadSelector" is only read in its own namespace';
    report.whole(code, away, `${why}: use "exportTo: [.]", or leave it out`);
  }
}
