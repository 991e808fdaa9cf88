import { quoted } from '../../schema/words';
import type { Part } from '../part';
import { type Report, removal } from '../report';
import { isLabelValue, labelKeyFault } from '../values/names';

/** Checks the labels in the field `name` of `parent`. */
export function checkLabels(parent: Part, name: string, report: Report): void {
  for (const [key, value] of parent.entries(name)) {
    const wrong = labelKeyFault(key);
    if (wrong !== undefined) {
      report.value('istiod/label', value, `${quoted(key)} is no key of a label: ${wrong}`, { key: true });
    } else if (!isLabelValue(value.asText)) {
      const form = 'it takes letters, digits, "-", "_" and ".", with a letter or digit at both ends';
      report.value('istiod/label', value, `${quoted(value.asText)} is no value of a label: ${form}`);
    }
  }
}

/** A selector of the networking kinds has `labels`, one of the others `matchLabels`. False when it is refused. */
export function checkSelector(parent: Part, name: string, labels: string, report: Report): boolean {
  const selector = parent.get(name);
  if (!selector) {
    return true;
  }
  const before = report.findings.length;
  for (const [key, value] of selector.entries(labels)) {
    if (key === '') {
      report.value('istiod/workload-selector', value, 'a label needs a key', { key: true });
    }
    const inKey = key.includes('*');
    if (inKey || value.asText.includes('*')) {
      const message = `a selector compares labels letter by letter, so "*" in ${quoted(`${key}: ${value.asText}`)} selects nothing`;
      report.value('istiod/workload-selector', value, message, { key: inKey });
    }
  }
  const accepted = report.findings.length === before;
  if (selector.count(labels) === 0) {
    const message = `"${name}" has no labels, so it selects every workload of the namespace: name some, or remove it`;
    report.warn('istiod/workload-selector', selector, message, {
      key: true,
      fixes: [removal(`Remove "${name}"`, selector)],
    });
  }
  return accepted;
}
