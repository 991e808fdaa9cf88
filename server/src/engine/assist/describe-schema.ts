import type { EnumValue, SchemaField, SchemaNode } from '../schema/schema-node';
import { type IstioVersion, isNewer } from '../schema/versions';
import { escapeText } from './markdown';

/** The type of a value in words. */
export function typeText(node: SchemaNode): string {
  switch (node.type) {
    case 'list':
      return node.item ? `list of ${plural(node.item)}` : 'list';
    case 'map':
      return node.item ? `map of ${plural(node.item)}` : 'map';
    case 'string':
      return node.format === 'duration' ? 'duration' : node.values ? 'enum' : 'string';
    default:
      return node.type;
  }
}

function plural(node: SchemaNode): string {
  const text = typeText(node);
  return text.startsWith('list of') || text.startsWith('map of')
    ? text.replace(/^(list|map)/, '$1s')
    : `${text}s`;
}

/** What is known of a field or a value, as Markdown. */
export function documentationOf(
  { text, since, ...rest }: SchemaField | EnumValue,
  target?: IstioVersion,
): string {
  const notes = [
    ...(since ? [`Since Istio ${since}.`] : []),
    ...(isNewer(since, target) ? [`This mesh has ${target}, which refuses it.`] : []),
    ...('deprecated' in rest && rest.deprecated && !text.startsWith('Deprecated') ? ['Deprecated.'] : []),
  ];
  return [escapeText(text), notes.join(' ')].filter((it) => it !== '').join('\n\n');
}
