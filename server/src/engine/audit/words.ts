import type { Origin } from '../mesh/origin';
import type { Labels } from '../model/specs';
import type { NetworkPolicy } from './network-policies';
import type { AuditedScope, AuditRow, Ending } from './row';

/** What {@link Ending.requests} says of those that no other ending of the destination is for. */
export const allOthers = 'all others';

/** The reason as a whole sentence, with the requests it holds for. */
export function sentenceOf({
  reason,
  requests,
  weight,
}: Pick<Ending, 'reason' | 'requests' | 'weight'>): string {
  const noun =
    requests === undefined
      ? 'requests'
      : requests === allOthers
        ? 'other requests'
        : `requests for ${requests}`;
  const subject = weight === undefined ? noun : `${weight} % of the ${noun}`;
  return `${subject.charAt(0).toUpperCase()}${subject.slice(1)} ${reason}`;
}

/** As people write them on command lines. */
export function labelText(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}

/** `namespace`, or `namespace/label=value,…` as `trace --from` takes it. */
export function fromText({ namespace, labels }: AuditRow['from']): string {
  return labels ? `${namespace}/${labelText(labels)}` : namespace;
}

/** Places as people write them; those whose document is gone are left out. */
export function placeTexts({ placeText }: AuditedScope, origins: readonly Origin[]): readonly string[] {
  return origins.flatMap((it) => placeText(it) ?? []);
}

/** Names in quotes; of many the first. */
export function quoted(names: readonly string[]): string {
  const shown = names.slice(0, 10).map((it) => `"${it}"`);
  return names.length > shown.length
    ? `${shown.join(', ')} and ${names.length - shown.length} more`
    : shown.join(', ');
}

export function policyNames(policies: readonly NetworkPolicy[]): string {
  return quoted(policies.map((it) => `${it.namespace}/${it.name}`));
}
