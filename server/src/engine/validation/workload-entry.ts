import type { Part } from './part';
import type { Report } from './report';
import { checkEndpoint } from './shared/endpoint';

export function checkWorkloadEntry(object: Part, report: Report): void {
  checkEndpoint(object.field('spec'), report, { mayBeHost: true });
}
