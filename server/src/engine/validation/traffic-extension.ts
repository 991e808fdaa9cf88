import type { Part } from './part';
import type { Report } from './report';
import { checkSelector } from './shared/labels';
import { checkTargetRefs } from './shared/target-refs';
import { utf8Length } from './values/hosts';

const maxScript = 65536;

export function checkTrafficExtension(object: Part, report: Report): void {
  const spec = object.field('spec');
  checkSelector(spec, 'selector', 'matchLabels', report);
  checkTargetRefs(spec, report);
  const script = spec.field('lua').field('inlineCode');
  // The API server counts characters, istiod bytes.
  if (utf8Length(script.asText) > maxScript) {
    report.value('istiod/limit', script, `a script may have ${maxScript} bytes, and this one has more`);
  }
}
