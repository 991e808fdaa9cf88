import { quoted } from '../../schema/words';
import type { Part } from '../part';
import type { Report } from '../report';
import { checkGatewayNames } from '../shared/gateway-names';
import { checkMatchedHeader } from '../shared/headers';
import { checkLabels } from '../shared/labels';
import { checkOptionalPort } from '../shared/scalars';
import { checkMatchRegex, checkStringMatch } from '../shared/string-match';
import { isDnsLabel, labelWords } from '../values/names';

export function checkMatches(route: Part, report: Report): void {
  for (const match of route.items('match')) {
    checkTexts(match, report);
    checkSource(match, report);
  }
}

function checkTexts(match: Part, report: Report): void {
  for (const [name, header] of match.entries('headers')) {
    checkMatchedHeader(name, header, report);
    checkStringMatch(header, report);
  }
  for (const [name, header] of match.entries('withoutHeaders')) {
    checkMatchedHeader(name, header, report);
    // "*" asks whether the header is there, and is no expression.
    if (header.text('regex') !== '*') {
      checkStringMatch(header, report);
    }
  }
  const uri = match.get('uri');
  if (uri) {
    checkMatchRegex(uri, report);
  }
  for (const name of ['scheme', 'method', 'authority']) {
    const text = match.get(name);
    if (text) {
      checkStringMatch(text, report);
    }
  }
  for (const [, parameter] of match.entries('queryParams')) {
    checkStringMatch(parameter, report);
  }
}

function checkSource(match: Part, report: Report): void {
  checkOptionalPort(match, report);
  checkLabels(match, 'sourceLabels', report);
  checkGatewayNames(match, report, {});
  const namespace = match.get('sourceNamespace');
  if (namespace && namespace.asText !== '' && !isDnsLabel(namespace.asText)) {
    const message = `${quoted(namespace.asText)} is no namespace: it takes ${labelWords}`;
    report.value('istiod/label', namespace, message);
  }
}
