import type { MeshService } from '../mesh/service';
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

/** Whether a Service is only what an installation usually has, so that what it lacks is no more than a question. */
export function isOnlyAssumed(view: View, { knownGateway }: MeshService): boolean {
  return knownGateway?.assumed === true && !view.settings.closedWorld;
}

/**
 * Whether a name is another one misspelt, and not a name of its own beside it: `api-eu1` and `api-eu2`, or `cnn-egress`
 * and `bbc-egress`, are alike and no slip.
 */
export function isSlip(written: string, meant: string): boolean {
  const parts = written.split(/[-./]/);
  const others = meant.split(/[-./]/);
  if (parts.length !== others.length) {
    return parts.join('') === others.join('') || isMisspelt(written, meant);
  }
  return parts.every((part, index) => part === others[index] || isMisspelt(part, others[index]!));
}

/** One letter too many, too few or another one, or two that changed places. */
function isMisspelt(word: string, meant: string): boolean {
  const shorter = Math.min(word.length, meant.length);
  let start = 0;
  while (start < shorter && word[start] === meant[start]) {
    start++;
  }
  let end = 0;
  while (end < shorter - start && word.at(-1 - end) === meant.at(-1 - end)) {
    end++;
  }
  const wrong = word.slice(start, word.length - end);
  const right = meant.slice(start, meant.length - end);
  const isSwap = wrong.length === 2 && wrong === [...right].reverse().join('');
  return shorter >= 4 && !/\d/.test(wrong + right) && ((wrong.length <= 1 && right.length <= 1) || isSwap);
}
