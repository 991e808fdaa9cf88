import { fields, labels } from '../../model/guards';
import type { Resource } from '../../model/resource';
import type { Labels } from '../../model/specs';

type Telemetry = Resource<'Other'>;

/** The labels a Telemetry is for; nothing when it names none. */
export function chosenLabels({ spec }: Telemetry): Labels | undefined {
  const chosen = labels(fields(spec.selector).matchLabels);
  return Object.keys(chosen).length > 0 ? chosen : undefined;
}
