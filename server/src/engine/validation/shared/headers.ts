import type { StructureFix } from '../../schema/structure-finding';
import { quoted } from '../../schema/words';
import type { Part } from '../part';
import { type Report, replacement } from '../report';
import { headerValueFault } from '../values/header-value';
import { isAuthorityHeader, isClaimHeader, isHeaderName } from '../values/names';

const code = 'istiod/header';
const pseudoHeaders = new Set([':method', ':scheme', ':authority', ':path', ':status']);

/** Checks what `headers` of a route does: `request` and `response`, each with `set`, `add` and `remove`. */
export function checkHeaderOperations(parent: Part, report: Report): void {
  const headers = parent.get('headers');
  for (const side of headers ? (['request', 'response'] as const) : []) {
    const operations = headers!.field(side);
    for (const operation of ['add', 'set'] as const) {
      for (const [name, value] of operations.entries(operation)) {
        checkChangedName(name, value, report, { key: true, authority: side === 'request' });
        const wrong = headerValueFault(value.asText);
        if (wrong !== undefined) {
          const message = `${quoted(value.asText)} is no value for a header of Envoy: ${wrong}`;
          report.value(code, value, message, { fixes: escapes(value) });
        }
      }
    }
    for (const name of operations.items('remove')) {
      checkChangedName(name.asText, name, report, { key: false, authority: false });
    }
  }
}

/** A single sign can be no command, so it was meant as it stands. */
function escapes(value: Part): StructureFix[] {
  const escaped = value.asText.replace('%', '%%');
  const isMeant = value.asText.split('%').length === 2 && headerValueFault(escaped) === undefined;
  return isMeant ? [replacement(`Use ${quoted(escaped)}`, value, escaped)] : [];
}

function checkChangedName(
  name: string,
  at: Part,
  report: Report,
  { key, authority }: { readonly key: boolean; readonly authority: boolean },
): void {
  if (name === '') {
    report.value(code, at, 'a header needs a name', { key });
  } else if (isAuthorityHeader(name) ? !authority : name.startsWith(':')) {
    const hint = isAuthorityHeader(name)
      ? 'the authority can only be set, and only on requests'
      : 'what starts with ":" is part of the request line';
    report.value(code, at, `the header ${quoted(name)} cannot be changed here: ${hint}`, { key });
  }
}

/** Checks the name of a header, or of a token's claim, that a match looks at. */
export function checkMatchedHeader(name: string, at: Part, report: Report): void {
  if (name !== '' && (isClaimHeader(name) || pseudoHeaders.has(name) || isHeaderName(name))) {
    return;
  }
  const what = name === '' ? 'a match needs the name of a header' : `${quoted(name)} is no name of a header`;
  report.value(code, at, what, { key: true });
}
