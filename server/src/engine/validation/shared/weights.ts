import type { StructureFix } from '../../schema/structure-finding';
import type { Part } from '../part';
import type { Report } from '../report';
import { checkDestination } from './destination';

const code = 'virtual-service/weights';

/** Checks the destinations in `route`, and how requests are shared among them. */
export function checkWeights(route: Part, report: Report, isMade: boolean): void {
  const destinations = route.items('route');
  let total = 0;
  for (const it of destinations) {
    if (!isMade && it.has('destination')) {
      checkDestination(it.field('destination'), report);
    }
    const weight = it.field('weight');
    if (weight.asNumber < 0) {
      report.value(
        code,
        weight,
        `a destination cannot get ${weight.asNumber} of the requests: a weight is 0 or more`,
      );
    }
    total += weight.asNumber;
  }
  if (destinations.length > 1 && total === 0) {
    const message = 'no destination gets any request: give each a "weight", such as 50 and 50';
    report.whole(code, route.field('route'), message, { key: true, fixes: [shareEvenly(destinations)] });
  }
}

function shareEvenly(destinations: readonly Part[]): StructureFix {
  const share = Math.floor(100 / destinations.length);
  const rest = 100 - share * destinations.length;
  const edits = destinations.map((it, index) => ({
    op: 'set' as const,
    path: it.field('weight').path,
    value: share + (index === 0 ? rest : 0),
  }));
  return { title: 'Share the requests evenly', edits };
}
