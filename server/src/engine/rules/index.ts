import type { Rule } from './rule';

/** Every rule that follows resources, in the order in which they may claim a line. */
export const rules: readonly Rule[] = [];
