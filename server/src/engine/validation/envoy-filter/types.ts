import { isGone, isNewer } from '../../schema/versions';
import { quoted } from '../../schema/words';
import type { Part } from '../part';
import { type Report, replacement } from '../report';
import { whyUnknown } from './known-types';

const code = 'envoy-filter/value';
const oldInterface = /\/envoy\.(?:[a-z0-9_]+\.)*v2(?:alpha\d*)?\./;

/** Whether istiod refuses what an `@type` names; the report says why. */
export function checkType(type: Part, report: Report): boolean {
  const fault = oldInterface.test(type.asText) ? 'old' : whyUnknown(type.asText);
  const written = quoted(type.asText);
  if (fault === 'old') {
    const message = `${written} is a type of Envoy's old interface, which is gone: use the one with "v3"`;
    report.value(code, type, message);
    return true;
  }
  if (!fault) {
    return false;
  }
  const { target } = report.context;
  const { since, until, better } = fault;
  if (since === undefined && until === undefined) {
    const hint = better
      ? `did you mean ${quoted(better)}?`
      : 'what is known to an extension alone goes into a TypedStruct';
    const message = `${written} is no type that istiod knows, so it refuses the patch; ${hint}`;
    const fixes = better ? [replacement(`Use ${quoted(better)}`, type, better)] : [];
    report.value(code, type, message, { fixes });
    return true;
  }
  if (isNewer(since, target)) {
    const message = `${written} is known to istiod since Istio ${since}; this mesh has ${target}, which refuses it`;
    report.value(code, type, message);
    return true;
  }
  if (isGone(until, target)) {
    report.value(code, type, `${written} was known to istiod until Istio ${until}, and is refused now`);
    return true;
  }
  return false;
}
