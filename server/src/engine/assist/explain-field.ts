import type { Path } from '../yaml/node';
import { resolved } from '../yaml/walk';
import { documentationOf, typeText } from './describe-schema';
import type { Manifest } from './manifest';
import { code, escapeText } from './markdown';
import { schemaOf } from './schema-context';
import type { Spot, Standing } from './spot';

/** What the schema says of a field, and on a value of it what the value means. */
export function explainField(
  manifest: Manifest,
  path: Path,
  { part, node }: Standing,
  spot: Spot,
): readonly string[] {
  const target = spot.scope.settings.targetVersion;
  const place = schemaOf(manifest, path, spot.crds);
  if (!place) {
    return [];
  }
  const field = fieldName(path);
  const text =
    place.text === '' && typeof path.at(-1) === 'number'
      ? (schemaOf(manifest, path.slice(0, -1), spot.crds)?.text ?? '')
      : place.text;
  const about = documentationOf({ ...place, name: field, text }, target);
  const isItem = typeof path.at(-1) === 'number';
  const type = escapeText(typeText(place.node));
  const title = `${code(field)}${isItem ? ' item' : ''}: ${type}${place.required ? ', required' : ''}`;
  const values = [...(place.node.values?.values() ?? [])].filter((it) => !it.unlisted);
  const scalar = resolved(node);
  const written =
    part === 'value' && scalar?.type === 'scalar' ? place.node.values?.get(String(scalar.value)) : undefined;
  const meaning = written ? documentationOf(written, target) : '';
  if (written && meaning !== '') {
    return [`${code(written.name)}: ${meaning}`, title];
  }
  const listed = values.map(
    (it) => `- ${code(it.name)}${it.text === '' ? '' : `: ${documentationOf(it, target)}`}`,
  );
  return [title, ...(about === '' ? [] : [about]), ...(listed.length > 0 ? [listed.join('\n')] : [])];
}

/** The nearest key: an item has no name of its own. */
function fieldName(path: Path): string {
  const name = path.findLast((it) => typeof it === 'string');
  return name === undefined ? '' : String(name);
}
