import { meshFacts } from '../../mesh/facts';
import { type Fields, fields, items, text, whole } from '../../model/guards';
import type { Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import type { YamlEdit } from '../../yaml/edit';
import { edit, type RuleFinding } from '../rule';
import { message } from './message';
import { isA } from './objects';

export const deprecatedFeature = message({
  name: 'istioctl/deprecated-feature',
  istio: 'IST0002',
  severity: 'warning',
  summary: 'Something is used that Istio has replaced or no longer has.',
  on: ['VirtualService', 'Sidecar', 'Other'],

  *check(resource, view) {
    switch (resource.kind) {
      case 'VirtualService':
        yield* delays(resource);
        break;
      case 'Sidecar':
        yield* proxies(resource);
        break;
      default:
        yield* isA(resource, 'Telemetry') ? tracers(resource, view) : definitions(resource);
    }
  },
});

function* delays(resource: Resource<'VirtualService'>): Iterable<RuleFinding> {
  for (const [index, { fault }] of (resource.spec.http ?? []).entries()) {
    const { percent, percentage } = fields((fault as Fields | undefined)?.delay);
    const value = whole(percent) ?? 0;
    if (value > 0) {
      const path = ['spec', 'http', index, 'fault', 'delay'];
      const old = [...path, 'percent'];
      const added: YamlEdit = { op: 'set', path: [...path, 'percentage'], value: { value } };
      const edits: readonly YamlEdit[] = [{ op: 'remove', path: old }, ...(percentage ? [] : [added])];
      yield {
        path: old,
        part: 'key',
        message: '"percent" is deprecated: "percentage" says the same, and finer',
        fixes: [edit('Use "percentage"', resource, edits, { preferred: true, safe: true })],
      };
    }
  }
}

function* proxies({ spec }: Resource<'Sidecar'>): Iterable<RuleFinding> {
  if (spec.outboundTrafficPolicy?.egressProxy) {
    yield {
      path: ['spec', 'outboundTrafficPolicy', 'egressProxy'],
      part: 'key',
      message: 'istioctl takes "egressProxy" for one of the fields that are ignored',
    };
  }
}

/** Kinds of a group that Istio no longer has. */
const removedKinds: ReadonlySet<string | undefined> = new Set([
  'ClusterRbacConfig',
  'RbacConfig',
  'ServiceRole',
  'ServiceRoleBinding',
]);

function* definitions(resource: Resource<'Other'>): Iterable<RuleFinding> {
  const kind = text(fields(resource.spec.names).kind);
  if (
    isA(resource, 'CustomResourceDefinition') &&
    resource.spec.group === 'rbac.istio.io' &&
    removedKinds.has(kind)
  ) {
    yield {
      path: ['spec', 'names', 'kind'],
      message: `Istio no longer reads objects of kind "${kind}": an AuthorizationPolicy says what they said`,
    };
  }
}

function* tracers({ spec }: Resource<'Other'>, view: View): Iterable<RuleFinding> {
  const old = meshFacts(view).lightstepProviders.value;
  for (const [index, entry] of items(spec.tracing).entries()) {
    for (const [position, value] of items(fields(entry).providers).entries()) {
      const name = text(fields(value).name);
      if (name !== undefined && old.includes(name)) {
        yield {
          path: ['spec', 'tracing', index, 'providers', position, 'name'],
          message: `"${name}" is a Lightstep provider, which is deprecated: an OpenTelemetry provider takes its place`,
        };
      }
    }
  }
}
