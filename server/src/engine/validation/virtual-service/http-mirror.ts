import type { Part } from '../part';
import { type Report, removal } from '../report';
import { checkDestination } from '../shared/destination';

const code = 'virtual-service/mirror';

export function checkMirrors(route: Part, report: Report): void {
  const old = route.get('mirrorPercent') ?? route.get('mirror_percent');
  if (old) {
    if (old.asNumber > 100) {
      report.value(code, old, `at most 100 per cent of the requests can be mirrored, not ${old.asNumber}`);
    }
    report.warn('istiod/deprecated-field', old, '"mirrorPercent" is deprecated: use "mirrorPercentage"', {
      key: true,
      fixes: [
        {
          title: 'Use "mirrorPercentage"',
          edits: [
            { op: 'set', path: route.field('mirrorPercentage').path, value: { value: old.asNumber } },
            ...removal('', old).edits,
          ],
        },
      ],
    });
  }
  checkPercentage(route, 'mirrorPercentage', report);
  const mirror = route.get('mirror');
  if (mirror) {
    checkDestination(mirror, report);
  }
  for (const it of route.items('mirrors')) {
    checkDestination(it.field('destination'), report);
    checkPercentage(it, 'percentage', report);
  }
}

function checkPercentage(parent: Part, name: string, report: Report): void {
  const share = parent.get(name)?.field('value');
  if (share && (share.asNumber < 0 || share.asNumber > 100)) {
    report.value(code, share, `0 to 100 per cent of the requests can be mirrored, not ${share.asNumber}`);
  }
}
