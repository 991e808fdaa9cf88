import type { Part } from '../part';
import type { Report } from '../report';
import { checkHttpStatus } from '../shared/scalars';
import { utf8Length } from '../values/hosts';

const code = 'istiod/limit';
const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

export function checkDirectResponse(route: Part, report: Report): void {
  const response = route.get('directResponse');
  if (!response) {
    return;
  }
  checkHttpStatus(response.field('status'), report);
  const body = response.field('body');
  const at = body.get('string') ?? body.field('bytes');
  // Bytes are written in base64, four characters for three of them.
  const size = body.has('string')
    ? utf8Length(at.asText)
    : Math.floor((at.asText.replace(/=+$/, '').length * 3) / 4);
  if (size > megabyte) {
    report.value(
      code,
      at,
      'a body may have 1 MiB: every proxy holds it in memory, so serve it from a service instead',
    );
  } else if (size > 100 * kilobyte) {
    report.warn(
      code,
      at,
      'every proxy holds this body in memory: above 100 KiB, serve it from a service instead',
    );
  }
}
