import type { SchemaField, SchemaNode } from '../schema/schema-node';
import { isNewer } from '../schema/versions';
import type { CompletionContext, Offer } from './completion-item';
import { documentationOf, typeText } from './describe-schema';
import { fieldText } from './insert-text';
import { usualOrder } from './usual-order';

/** Fields of the object at the cursor that are not written yet, those it needs first. */
export function fieldItems(context: CompletionContext): readonly Offer[] {
  const { cursor, node, placement } = context;
  const { targetVersion } = context.spot.scope.settings;
  if (node?.type !== 'object' || !node.fields) {
    return [];
  }
  const written = new Set(cursor.siblings);
  const open = [...node.fields.values()].filter(
    (it) => isOffered(it, node, written, cursor.prefix) && !isNewer(it.since, targetVersion),
  );
  const needed = (field: SchemaField): number => (node.required?.includes(field.name) ? 0 : 1);
  const order = (field: SchemaField): number => (field.deprecated ? 2 : needed(field));
  return open
    .sort((a, b) => order(a) - order(b) || usualOrder(a.name) - usualOrder(b.name))
    .map((field) => {
      const { text, snippet } = fieldText(field, cursor, placement);
      const documentation = documentationOf(field);
      return {
        label: field.name,
        kind: 'field',
        insertText: text,
        snippet,
        detail: typeText(field.node) + (needed(field) === 0 ? ', required' : ''),
        ...(documentation !== '' && { documentation }),
        ...(field.deprecated && { deprecated: true }),
        ...(hasValues(field.node) && !cursor.colon && { more: true }),
      };
    });
}

/** What the cluster writes itself, and what excludes a field that is there, only who types it wants. */
function isOffered(
  { name, unlisted }: SchemaField,
  node: SchemaNode,
  written: ReadonlySet<string>,
  prefix: string,
): boolean {
  const excluded = node.oneOf?.some((group) => group.includes(name) && group.some((it) => written.has(it)));
  return !written.has(name) && ((!unlisted && !excluded) || prefix === name);
}

function hasValues(node: SchemaNode): boolean {
  return node.type === 'list' ? true : node.type !== 'integer' && node.type !== 'number';
}
