import type { Rule } from '../rule';
import { ruleWithoutVerification } from './rule-without-verification';

/** What `istioctl analyze` says, one rule for each message. Profile `istioctl` runs these and nothing else. */
export const istioctlRules: readonly Rule[] = [ruleWithoutVerification];
