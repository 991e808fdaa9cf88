import type { Part } from './part';
import type { Report } from './report';
import { checkSelector } from './shared/labels';

/** Only its selector is left to check. */
export function checkProxyConfig(object: Part, report: Report): void {
  checkSelector(object.field('spec'), 'selector', 'matchLabels', report);
}
