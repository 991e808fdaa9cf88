import { quoted } from '../schema/words';
import type { Part } from './part';
import type { Report } from './report';
import { checkSelector } from './shared/labels';
import { checkTargetRefs } from './shared/target-refs';
import { celSyntaxFault } from './values/cel-syntax';

export function checkTelemetry(object: Part, report: Report): void {
  const spec = object.field('spec');
  checkSelector(spec, 'selector', 'matchLabels', report);
  checkTargetRefs(spec, report);
  for (const metrics of spec.items('metrics')) {
    for (const override of metrics.items('overrides')) {
      checkTags(override, report);
    }
  }
  checkTracing(spec, report);
  for (const logging of spec.items('accessLogging')) {
    checkFilter(logging, report);
  }
}

function checkTags(override: Part, report: Report): void {
  const code = 'telemetry/metrics';
  for (const [name, tag] of override.entries('tagOverrides')) {
    if (name === '') {
      report.warn(code, tag, 'a tag needs a name', { key: true });
    }
    const operation = tag.text('operation') || 'UPSERT';
    if (operation === 'UPSERT' && tag.text('value') === '') {
      const message = `the tag ${quoted(name)} is set, so it needs "value": use "operation: REMOVE" to take it away`;
      report.whole(code, tag.field('value'), message);
    }
  }
}

function checkTracing(spec: Part, report: Report): void {
  const code = 'telemetry/tracing';
  const tracing = spec.items('tracing');
  if (tracing.length > 1) {
    report.warn(code, tracing[1]!, 'only the first entry of "tracing" is used: put the settings into one');
  }
  for (const it of tracing) {
    const second = it.items('providers')[1];
    if (second) {
      report.warn(code, second, 'traces go to one provider only, the first of these');
    }
    for (const [name, tag] of it.entries('customTags')) {
      if (name === '') {
        report.value(code, tag, 'a tag needs a name', { key: true });
      }
    }
  }
}

function checkFilter(logging: Part, report: Report): void {
  const filter = logging.get('filter');
  if (!filter) {
    return;
  }
  const expression = filter.field('expression');
  if (expression.asText === '') {
    const message =
      'a filter needs an "expression", such as "response.code >= 400"; leave it out to log everything';
    report.whole('telemetry/filter', expression, message);
    return;
  }
  const wrong = celSyntaxFault(expression.asText);
  if (wrong !== undefined) {
    report.value(
      'telemetry/filter',
      expression,
      `${quoted(expression.asText)} is no CEL expression: ${wrong}`,
    );
  }
}
