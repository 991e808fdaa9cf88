import type { Span } from '../text/span';
import { explainField } from './explain-field';
import { explainReference } from './explain-reference';
import { code } from './markdown';
import { readForgiving } from './read-around';
import { siteAt } from './reference-sites';
import { isFilledIn, manifestOfSpot, type Spot, standingAt } from './spot';

export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}

/** What is known of the key or the value at an offset: what it means, and what it leads to here. */
export function hover(spot: Spot): Hover | undefined {
  const root = readForgiving(spot.document);
  const standing = standingAt(root, spot.offset);
  if (!standing) {
    return undefined;
  }
  const manifest = manifestOfSpot(spot, root, standing.path);
  const path = standing.path.slice(manifest.base.length);
  const site = isFilledIn(spot, standing) ? undefined : siteAt(manifest, path);
  const leadsTo =
    site && (standing.part === 'value' || site.names === 'labels') ? explainReference(spot.scope, site) : [];
  const parts = [...leadsTo, ...explainField(manifest, path, standing, spot)];
  return parts.length === 0
    ? undefined
    : { span: standing.span, markdown: [...parts, `Scope: ${code(spot.scopeName)}`].join('\n\n') };
}
