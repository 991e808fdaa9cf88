import { type IstioVersion, isGone, isNewer } from '../../schema/versions';
import { quoted } from '../../schema/words';
import type { Part } from '../part';
import { type Report, replacement } from '../report';
import { whyUnknown } from './known-types';

const code = 'envoy-filter/value';
const oldInterface = /\/envoy\.(?:[a-z0-9_]+\.)*v2(?:alpha\d*)?\./;

/** Whether istiod refuses what an `@type` names; the report says why. */
export function checkType(type: Part, report: Report): boolean {
  const refusal = refusalOf(type.asText, report.context.target);
  if (refusal) {
    const { why, better } = refusal;
    const fixes = better ? [replacement(`Use ${quoted(better)}`, type, better)] : [];
    report.value(code, type, `${quoted(type.asText)} ${why}`, { fixes });
  }
  return refusal !== undefined;
}

function refusalOf(
  url: string,
  target: IstioVersion | undefined,
): { readonly why: string; readonly better?: string | undefined } | undefined {
  if (oldInterface.test(url)) {
    return { why: 'is a type of Envoy\'s old interface, which is gone: use the one with "v3"' };
  }
  const fault = whyUnknown(url);
  if (!fault) {
    return undefined;
  }
  const { since, until, better } = fault;
  if (since === undefined && until === undefined) {
    const hint = better
      ? `did you mean ${quoted(better)}?`
      : 'what is known to an extension alone goes into a TypedStruct';
    return { why: `is no type that istiod knows, so it refuses the patch; ${hint}`, better };
  }
  if (isNewer(since, target)) {
    return { why: `is known to istiod since Istio ${since}; this mesh has ${target}, which refuses it` };
  }
  return isGone(until, target)
    ? { why: `was known to istiod until Istio ${until}, and is refused now` }
    : undefined;
}
