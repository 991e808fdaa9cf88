import { fields, labels } from '../../model/guards';
import type { Resource } from '../../model/resource';
import type { Labels } from '../../model/specs';
import type { Path } from '../../yaml/node';
import { message } from './message';
import { isA } from './objects';
import { selectedPods } from './pods';
import { selectorText } from './selector-text';

export const selectorMatchesNoPod = message({
  name: 'istioctl/selector-matches-no-pod',
  istio: 'IST0101',
  severity: 'error',
  summary: 'The selector of a Gateway, a Sidecar or a Telemetry matches no Pod.',
  on: ['Gateway', 'Sidecar', 'Other'],

  *check(resource, view) {
    const selection = selectionOf(resource);
    if (!selection || view.hasPartial('Workload')) {
      return;
    }
    const { selector, path } = selection;
    const pods = selectedPods(view, selector);
    const isAnywhere = resource.kind === 'Gateway';
    if (!pods.some((it) => isAnywhere || it.namespace === resource.namespace)) {
      const where = isAnywhere ? '' : ` of namespace "${resource.namespace}"`;
      yield { path, message: `No Pod${where} has the labels "${selectorText(selector)}"` };
    }
  },
});

function selectionOf(resource: Resource): { readonly selector: Labels; readonly path: Path } | undefined {
  if (resource.kind === 'Gateway') {
    const { selector = {} } = resource.spec;
    return { selector, path: ['spec', ...(Object.keys(selector).length > 0 ? ['selector'] : [])] };
  }
  const isTelemetry = resource.kind === 'Other' && isA(resource, 'Telemetry');
  const selector =
    resource.kind === 'Sidecar'
      ? (resource.spec.workloadSelector?.labels ?? {})
      : isTelemetry
        ? labels(fields(fields(resource.spec).selector).matchLabels)
        : {};
  const path =
    resource.kind === 'Sidecar'
      ? ['spec', 'workloadSelector', 'labels']
      : ['spec', 'selector', 'matchLabels'];
  return Object.keys(selector).length > 0 ? { selector, path } : undefined;
}
