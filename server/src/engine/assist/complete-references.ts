import { items } from '../model/guards';
import { candidatesFor } from './candidates';
import type { CompletionContext, Offer } from './completion-item';
import { valueText } from './insert-text';
import { valueAt } from './manifest';
import type { Site } from './reference-sites';

/** What the scope has that can be named here. What the same list names already is left out. */
export function referenceItems(context: CompletionContext, site: Site): readonly Offer[] {
  const { cursor, placement, spot } = context;
  const list = site.path.at(-1);
  const beside = typeof list === 'number' ? items(valueAt(site.manifest.object, site.path.slice(0, -1))) : [];
  const candidates = candidatesFor(spot.scope, site, cursor.prefix).filter(
    ({ value }) => !beside.includes(value) && !isFilledIn(value),
  );
  const few = candidates.length <= maxDescribed;
  return candidates.map(
    ({ value, detail, describe }): Offer => ({
      label: String(value),
      kind: 'reference',
      insertText: valueText(value, cursor, placement),
      snippet: false,
      ...(detail !== undefined && { detail }),
      ...(few && describe && { documentation: describe() }),
    }),
  );
}

/** A list of thousands tells its details in one line each; the hover of what was chosen tells the rest. */
const maxDescribed = 50;

/** A name that a template or a shell fills in is masked or a variable, and means nothing elsewhere. */
function isFilledIn(value: string | number): boolean {
  return typeof value === 'string' && /__|[$<>{}`]/.test(value);
}
