import { memoize } from '../mesh/derive';
import { fields } from '../model/guards';
import { groupOf } from '../model/kinds';
import { lowerWorkload } from '../model/kubernetes';
import type { Resource } from '../model/resource';
import type { WorkloadSpec } from '../model/specs';
import type { View } from '../workspace/view';
import type { Path } from '../yaml/node';

/** What pods are made from: a workload, a Job, or a CronJob. */
export interface PodTemplate {
  readonly resource: Resource;
  readonly namespace: string;
  readonly pod: WorkloadSpec;
  /** Where the template stands in the object; a Pod is its own. */
  readonly path: Path;
}

/** Every template of a scope. */
export function podTemplates(view: View): readonly PodTemplate[] {
  return [...view.all('Workload').map(ofWorkload), ...view.all('Other').flatMap(ofJob)];
}

const ofWorkload = memoize((resource: Resource<'Workload'>): PodTemplate => {
  const path = resource.writtenKind === 'Pod' ? [] : ['spec', 'template'];
  return { resource, namespace: resource.namespace, pod: resource.spec, path };
});

/** The model keeps these kinds as they are written. */
const ofJob = memoize((resource: Resource<'Other'>): readonly PodTemplate[] => {
  const { writtenKind, namespace, spec } = resource;
  if (groupOf(resource.apiVersion) !== 'batch') {
    return [];
  }
  if (writtenKind === 'Job') {
    return [{ resource, namespace, pod: lowerWorkload({ spec }, writtenKind), path: ['spec', 'template'] }];
  }
  return writtenKind === 'CronJob'
    ? [
        {
          resource,
          namespace,
          pod: lowerWorkload(fields(spec.jobTemplate), writtenKind),
          path: ['spec', 'jobTemplate', 'spec', 'template'],
        },
      ]
    : [];
});
