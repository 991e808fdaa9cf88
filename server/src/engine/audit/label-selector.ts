import { type Fields, fields, items, labels as readLabels, text } from '../model/guards';
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
  const expressions = items(matchExpressions).map(fields).map(readExpression);
  return {
    matches: (labels) =>
      Object.entries(wanted).every(([name, value]) => labels[name] === value) &&
      expressions.every((it) => it.matches(labels)),
    sample: Object.assign({}, ...expressions.map((it) => it.sample), wanted) as Labels,
    keys: [...Object.keys(wanted), ...expressions.map((it) => it.key)],
  };
}

/** A selector by plain labels, as Istio's objects have it. */
export function labelsSelector(wanted: Labels): LabelSelector {
  return readSelector({ matchLabels: wanted });
}

interface Expression {
  readonly key: string;
  readonly sample: Labels;
  matches(labels: Labels): boolean;
}

function readExpression(written: Fields): Expression {
  const key = text(written.key) ?? '';
  const values = items(written.values).filter((it): it is string => typeof it === 'string');
  switch (text(written.operator)) {
    case 'In':
      return {
        key,
        sample: values[0] === undefined ? {} : { [key]: values[0] },
        matches: (labels) => labels[key] !== undefined && values.includes(labels[key]),
      };
    case 'Exists':
      return { key, sample: { [key]: 'any' }, matches: (labels) => labels[key] !== undefined };
    case 'NotIn':
      return { key, sample: {}, matches: (labels) => !values.includes(labels[key] ?? '') };
    case 'DoesNotExist':
      return { key, sample: {}, matches: (labels) => labels[key] === undefined };
    default:
      return { key, sample: {}, matches: () => false };
  }
}
