import type { Severity } from '../model/finding';
import type { View } from '../workspace/view';

/**
 * How much a reference that meets nothing weighs. In a closed world it is wrong. In an open one the object may live
 * elsewhere, unless something so much like it is here that a slip is likelier.
 */
export function missingSeverity(view: View, likelySlip: boolean): Severity {
  if (view.settings.closedWorld) {
    return 'error';
  }
  return likelySlip ? 'warning' : 'info';
}
