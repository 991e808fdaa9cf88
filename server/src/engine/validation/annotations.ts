import { quoted } from '../schema/words';
import { isRecord, type Part } from './part';
import { type Report, removal } from './report';

const code = 'istiod/annotation';
const dryRun = 'istio.io/dry-run';
const reserved: readonly (readonly [name: string, since?: string])[] = [
  ['internal.istio.io/webhook-always-reject'],
  ['internal.istio.io/parent-namespace', '1.27'],
  ['internal.istio.io/parents', '1.27'],
];
/** What Go takes for true or false. */
const flags = /^(?:1|0|t|f|T|F|true|false|TRUE|FALSE|True|False)$/;

/** False when an annotation alone gets the object refused: istiod looks no further then. */
export function checkAnnotations(kind: string, object: Part, report: Report): boolean {
  const annotations = object.field('metadata').field('annotations');
  const before = report.findings.length;
  for (const [name, since] of reserved) {
    if (isSet(annotations, name)) {
      const at = annotations.field(name);
      report.value(code, at, `${quoted(name)} is for objects that Istio makes itself`, {
        key: true,
        fixes: [removal('Remove it', at)],
        istio: undefined,
        ...(since && { since }),
      });
    }
  }
  if (isSet(annotations, dryRun)) {
    checkDryRun(kind, object, annotations.field(dryRun), report);
  }
  return !report.findings.slice(before).some((it) => it.severity === 'error');
}

/** Other maps lose what is null; of an annotation the API server makes an empty text. */
function isSet(annotations: Part, name: string): boolean {
  return isRecord(annotations.value) && Object.hasOwn(annotations.value, name);
}

function checkDryRun(kind: string, object: Part, trial: Part, report: Report): void {
  const action = object.field('spec').text('action') || 'ALLOW';
  const fixes = [removal('Remove it', trial)];
  if (kind !== 'AuthorizationPolicy') {
    const message = `${quoted(dryRun)} is for AuthorizationPolicies: a ${kind} cannot be tried out`;
    report.value(code, trial, message, { key: true, fixes, istio: undefined });
  } else if (action !== 'ALLOW' && action !== 'DENY') {
    const message = `${quoted(dryRun)} tries out the actions ALLOW and DENY, not ${action}`;
    report.whole(code, trial, message, { key: true, fixes, istio: undefined });
  } else if (!flags.test(trial.asText)) {
    const message = `${quoted(trial.asText)} is neither "true" nor "false"`;
    report.value(code, trial, message, { istio: undefined });
  }
}
