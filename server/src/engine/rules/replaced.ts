import type { Resource } from '../model/resource';
import type { View } from '../workspace/view';
import type { Rule, RuleFinding, RuleRelated } from './rule';

/** The document that stands for an object in place of this one. */
export function replacementOf(view: View, resource: Resource): Resource | undefined {
  const standing = view.twinsOf(resource).findLast((it) => it.standing === 'accepted');
  return standing && standing.slot !== resource.slot ? standing : undefined;
}

/**
 * What is found of an object that another file declares too. In an open world such files are mostly alternatives, of
 * which a cluster gets one, so what they do together is a question and no more.
 */
export function asQuestion(view: View, rule: Rule, resource: Resource, found: RuleFinding): RuleFinding {
  const severity = found.severity ?? rule.severity;
  const { closedWorld, profile } = view.settings;
  if (
    closedWorld ||
    profile === 'istioctl' ||
    rule.ofReplaced ||
    severity === 'info' ||
    severity === 'hint'
  ) {
    return found;
  }
  const about = new Set([resource, ...(found.related ?? []).map((it) => it.resource)]);
  const [other] = [...about].flatMap((it) => view.declaredElsewhere(it));
  return other
    ? { ...found, severity: 'info', related: [...(found.related ?? []), elsewhere(other)] }
    : found;
}

function elsewhere(resource: Resource): RuleRelated {
  const message = 'Declared here too: where the files are alternatives, this does not come true';
  return { resource, path: ['metadata', 'name'], message };
}
