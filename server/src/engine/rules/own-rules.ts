import type { Layer, Severity } from '../model/finding';
import { structureRules } from '../schema/structure-rules';
import { validationRules } from '../validation/codes';
import type { YamlProblemCode } from '../yaml/node';

/** A check that is no {@link Rule}: of a document alone, or of how the files are divided. */
export interface OwnRule {
  readonly name: string;
  readonly layer: Layer;
  readonly severity: Severity;
  readonly summary: string;
}

const yamlProblems: { readonly [code in YamlProblemCode]: string } = {
  'alias-bomb': 'The aliases of a document stand for more values than the API server is ready to make.',
  'duplicate-key': 'A map has the same key twice.',
  'not-in-go-yaml': "YAML that other readers accept and the API server's does not.",
  syntax: 'The text is no YAML.',
  'tab-indent': 'A tab stands where YAML counts columns.',
  'too-deep': 'Maps and lists stand inside one another more often than any manifest needs.',
  'unread-text': 'Text follows where the document is over for the cluster.',
  'unknown-alias': 'An alias names an anchor that is not there.',
};

const yamlRules = Object.entries(yamlProblems).map(([code, summary]): OwnRule => {
  return { name: `yaml/${code}`, layer: 'yaml', severity: 'error', summary };
});

const schemaRules = Object.entries(structureRules).map(([name, summary]): OwnRule => {
  return { name, layer: 'schema', severity: 'error', summary };
});

const istiodRules = Object.entries(validationRules).map(([name, { severity, summary }]): OwnRule => {
  return { name, layer: 'istiod', severity: severity ?? 'error', summary };
});

/** See `engine/separate-scopes.ts`. */
const separateScopes: OwnRule = {
  name: 'workspace/separate-scopes',
  layer: 'traffic',
  severity: 'info',
  summary: 'Folders hold the same object, so they are checked apart.',
};

/** What is found without a rule: see `engine/yaml`, `schema`, `validation` and `separate-scopes.ts`. */
export const ownRules: readonly OwnRule[] = [...yamlRules, ...schemaRules, ...istiodRules, separateScopes];
