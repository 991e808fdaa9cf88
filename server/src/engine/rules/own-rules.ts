import type { Severity } from '../model/finding';
import { structureRules } from '../schema/structure-finding';

/** A check that needs nothing but the document itself, and so is not written as a {@link Rule}. */
export interface OwnRule {
  readonly name: string;
  readonly layer: 'yaml' | 'schema';
  readonly severity: Severity;
  readonly summary: string;
}

const schemaRules: readonly OwnRule[] = Object.entries(structureRules).map(([name, summary]) => ({
  name,
  layer: 'schema',
  severity: 'error',
  summary,
}));

/** What the YAML reader and the API server refuse: see `engine/yaml` and `engine/schema`. */
export const ownRules: readonly OwnRule[] = [...schemaRules];
