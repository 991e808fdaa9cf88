import type { Part } from './part';
import type { Report } from './report';
import { checkSelector } from './shared/labels';
import { checkTargetRefs } from './shared/target-refs';
import { utf8Length } from './values/hosts';

const maxScript = 65536;

/** The module itself is described as the API server wants it, or never gets here. */
export function checkWasmPlugin(object: Part, report: Report): void {
  const spec = object.field('spec');
  checkSelector(spec, 'selector', 'matchLabels', report);
  checkTargetRefs(spec, report);
}

export function checkTrafficExtension(object: Part, report: Report): void {
  checkWasmPlugin(object, report);
  const script = object.field('spec').field('lua').field('inlineCode');
  // The API server counts characters, istiod bytes.
  if (utf8Length(script.asText) > maxScript) {
    report.value('istiod/limit', script, `a script may have ${maxScript} bytes, and this one has more`);
  }
}

/** Only its selector is left to check. */
export function checkProxyConfig(object: Part, report: Report): void {
  checkSelector(object.field('spec'), 'selector', 'matchLabels', report);
}
