import type { SchemaNode } from '../schema/schema-node';
import { type Span, span } from '../text/span';
import type { Path } from '../yaml/node';
import { styleOf } from '../yaml/style';
import { fieldItems } from './complete-fields';
import { freshItems } from './complete-fresh';
import { labelItems } from './complete-labels';
import { referenceItems } from './complete-references';
import { valueItems } from './complete-values';
import type { CompletionContext, CompletionItem, Offer } from './completion-item';
import { type Cursor, cursorAt } from './cursor';
import { breakTo, type Placement } from './insert-text';
import type { Manifest } from './manifest';
import { siteAt } from './reference-sites';
import { schemaOf } from './schema-context';
import { manifestOfSpot, type Spot } from './spot';

/** What can be written at an offset, best first. Works in text that is not whole yet. */
export function complete(spot: Spot): readonly CompletionItem[] {
  const cursor = cursorAt(spot.document, spot.offset);
  if (!cursor) {
    return [];
  }
  const manifest = manifestOfSpot(spot, cursor.root, cursor.path);
  const path = cursor.path.slice(manifest.base.length);
  const node = schemaOf(manifest, path, spot.crds)?.node ?? labelSchema(manifest, path);
  const context = { spot, cursor, manifest, path, node, placement: placementOf(spot, cursor, node) };
  const inList = node?.type === 'list' && cursor.at !== 'key';
  return numbered(inList ? offers(itemContext(context)) : offers(context), context);
}

function offers(context: CompletionContext): readonly Offer[] {
  const { cursor, manifest, path } = context;
  const site = siteAt(manifest, path);
  if (site?.names === 'labels') {
    return labelItems(context, site);
  }
  if (cursor.at === 'key') {
    return [...fieldItems(context), ...freshItems(context)];
  }
  const values = site ? referenceItems(context, site) : [];
  return [...(cursor.flow ? [] : fieldItems(context)), ...values, ...valueItems(context)];
}

/** Selectors are maps also in kinds that have no schema. */
function labelSchema(manifest: Manifest, path: Path): SchemaNode | undefined {
  const site = siteAt(manifest, path);
  return site?.names === 'labels' && site.path.length === path.length ? { type: 'map' } : undefined;
}

/** A list where nothing stands yet: what is offered is its first item. */
function itemContext(context: CompletionContext): CompletionContext {
  const path = [...context.path, 0];
  return { ...context, path, node: context.node?.item };
}

function placementOf({ document }: Spot, cursor: Cursor, node: SchemaNode | undefined): Placement {
  const style = styleOf(document.text);
  const { column, flow, lead } = cursor;
  const isList = node?.type === 'list' && cursor.at !== 'key';
  const isMap = node?.type === 'object' || node?.type === 'map';
  if (cursor.behindKey && !flow && (isList || isMap)) {
    const nested = column + (isMap || style.indentSequences ? style.indent : 0);
    return isList
      ? { style, flow, column: nested + 2, lead: `${breakTo(nested)}- ` }
      : { style, flow, column: nested, lead: breakTo(nested) };
  }
  return isList && !flow
    ? { style, flow, column: column + 2, lead: `${lead}- ` }
    : { style, flow, column, lead };
}

/** A text that starts on the next line leaves no blank behind the colon. */
function replaced({ spot, cursor, placement }: CompletionContext): Span {
  const { start, end } = cursor.replace;
  if (!placement.lead.startsWith('\n')) {
    return cursor.replace;
  }
  return span(start - (/[ \t]*$/.exec(spot.document.text.slice(0, start))?.[0].length ?? 0), end);
}

/** A fixed shape for each item, since there may be thousands of them. */
function numbered(items: readonly Offer[], context: CompletionContext): readonly CompletionItem[] {
  const replace = replaced(context);
  const seen = new Set<string>();
  const distinct = items.filter((it) => !seen.has(it.label) && seen.add(it.label));
  return distinct.map(
    (
      { label, kind, insertText, snippet, detail, documentation, deprecated, more },
      index,
    ): CompletionItem => ({
      label,
      kind,
      insertText,
      snippet,
      replace,
      detail,
      documentation,
      deprecated,
      more,
      sortText: String(100_000 + index),
    }),
  );
}
