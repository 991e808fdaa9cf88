import { routesTo } from '../../intent/routes-to';
import { isSelectedBy } from '../../mesh/destination-rules';
import { resolveShortName } from '../../mesh/hosts';
import { servicesNamed } from '../../mesh/registry';
import { podsOf } from '../../mesh/workloads';
import { missingSeverity } from '../missing';
import { edit, rule } from '../rule';

export const subsetSelectsNothing = rule({
  name: 'destination-rule/subset-selects-nothing',
  layer: 'traffic',
  severity: 'error',
  summary: 'A route leads to a subset whose labels no pod of the Service has.',
  on: 'DestinationRule',

  *check(resource, view) {
    const host = resolveShortName(resource.spec.host ?? '', resource.namespace);
    const service = servicesNamed(view, host).find((it) => it.registry === 'kubernetes');
    const pods = service ? podsOf(view, service) : [];
    if (!service || pods.length === 0) {
      return;
    }
    for (const [index, { name, labels }] of (resource.spec.subsets ?? []).entries()) {
      if (!labels || pods.some((it) => isSelectedBy(labels, it.labels))) {
        continue;
      }
      // A gateway has as many routes as hosts, so they are looked at last.
      const routes = routesTo(view, host);
      const lost = routes.find(({ route, origin }) =>
        route.destinations.some((it) => it.origin === origin && it.destination.subset === name),
      );
      if (!lost) {
        continue;
      }
      const path = ['spec', 'subsets', index, 'labels'];
      const written = Object.entries(labels).map(([key, value]) => `${key}: ${value}`);
      const shown = pods.some((it) => it.resource !== undefined);
      yield {
        path,
        part: 'key',
        message: `No pod of "${host}" has the labels ${written.join(', ')} of subset "${name}", so requests to it fail with 503`,
        severity: missingSeverity(view, shown),
        related: [
          { ...lost.origin, message: 'This route leads to the subset' },
          ...(service.origin ? [{ ...service.origin, message: 'The Service' }] : []),
        ],
        fixes: [
          edit('Let the subset be all pods', resource, [{ op: 'remove', path }], {
            preferred: routes.length === 1,
          }),
        ],
      };
    }
  },
});
