import { type Fields, fields, items, labels as readLabels, text } from '../model/guards';
import { isMet } from '../model/label-selector';
import type { Labels } from '../model/specs';

/** A Kubernetes label selector: what it takes, and labels that it takes. */
export interface LabelSelector {
  matches(labels: Labels): boolean;
  /** The smallest set of labels that fits, as far as one can be made up. */
  readonly sample: Labels;
  /** The names of the labels it looks at. */
  readonly keys: readonly string[];
}

/** An empty selector takes everything. */
export function readSelector(written: unknown): LabelSelector {
  const { matchLabels, matchExpressions } = fields(written);
  const wanted = readLabels(matchLabels);
  const expressions = items(matchExpressions).map(fields);
  return {
    matches: (labels) =>
      Object.entries(wanted).every(([name, value]) => labels[name] === value) &&
      expressions.every((it) => isMet(it, labels)),
    sample: Object.assign({}, ...expressions.map(sampleOf), wanted) as Labels,
    keys: [...Object.keys(wanted), ...expressions.map((it) => text(it.key) ?? '')],
  };
}

/** A selector by plain labels, as Istio's objects have it. */
export function labelsSelector(wanted: Labels): LabelSelector {
  return readSelector({ matchLabels: wanted });
}

/** Labels for which an expression holds, as far as some can be made up. */
function sampleOf({ key, operator, values }: Fields): Labels {
  const name = text(key) ?? '';
  const [first] = items(values);
  switch (operator) {
    case 'In':
      return typeof first === 'string' ? { [name]: first } : {};
    case 'Exists':
      return { [name]: 'any' };
    default:
      return {};
  }
}
