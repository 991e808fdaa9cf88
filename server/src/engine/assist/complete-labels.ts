import { labels as readLabels } from '../model/guards';
import type { Labels } from '../model/specs';
import type { CompletionContext, Offer } from './completion-item';
import { escapeSnippet, valueText } from './insert-text';
import { valueAt } from './manifest';
import { mark } from './mark';
import { labelsOffered } from './meant-pods';
import type { Site } from './reference-sites';

/** Labels that pods have: whole entries for a new key, keys for one that has its colon, values behind it. */
export function labelItems(context: CompletionContext, site: Site): readonly Offer[] {
  if (site.role === 'declaration') {
    return [];
  }
  const { path, cursor, manifest, spot } = context;
  const offered = labelsOffered(spot.scope, site);
  if (path.length > site.path.length) {
    return valuesOf(context, String(path.at(-1)), offered);
  }
  const written = readLabels(valueAt(manifest.object, site.path));
  const others = Object.entries(written).filter(([key]) => key !== mark);
  // What the entries beside it rule out selects nothing.
  const fitting = offered.filter(({ labels }) => others.every(([key, value]) => labels[key] === value));
  return fitting.flatMap(({ labels, owner }) =>
    Object.entries(labels)
      .filter(([key]) => !cursor.siblings.includes(key))
      .map(([key, value]) => entry(context, key, value, owner)),
  );
}

type Offered = readonly { readonly labels: Labels; readonly owner: string }[];

function valuesOf({ cursor, placement }: CompletionContext, key: string, offered: Offered): readonly Offer[] {
  return offered.flatMap(({ labels, owner }): readonly Offer[] => {
    const value = labels[key];
    return value === undefined
      ? []
      : [
          {
            label: value,
            kind: 'reference',
            insertText: valueText(value, cursor, placement),
            snippet: false,
            detail: owner,
          },
        ];
  });
}

function entry({ cursor, placement }: CompletionContext, key: string, value: string, owner: string): Offer {
  if (cursor.colon || cursor.quote !== '') {
    return {
      label: key,
      kind: 'reference',
      insertText: placement.lead + key + cursor.closing,
      snippet: false,
      detail: owner,
    };
  }
  const written = valueText(value, cursor, { ...placement, lead: '' });
  return {
    label: `${key}: ${value}`,
    kind: 'reference',
    insertText: escapeSnippet(`${valueText(key, cursor, placement)}: ${written}`),
    snippet: true,
    detail: owner,
  };
}
