import type { Part } from './part';
import type { Report } from './report';
import { checkSelector } from './shared/labels';
import { checkTargetRefs } from './shared/target-refs';

/** The module itself is described as the API server wants it, or never gets here. */
export function checkWasmPlugin(object: Part, report: Report): void {
  const spec = object.field('spec');
  checkSelector(spec, 'selector', 'matchLabels', report);
  checkTargetRefs(spec, report);
}
