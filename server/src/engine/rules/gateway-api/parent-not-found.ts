import { gatewayApiGroup, gatewayApiObjects, isApiRoute } from '../../mesh/gateway-api/objects';
import { isGatewayReference, type ParentReference, parentReferences } from '../../mesh/gateway-api/parents';
import { serviceHostname } from '../../mesh/hosts';
import { servicesNamed } from '../../mesh/registry';
import type { Resource } from '../../model/resource';
import { nearest } from '../../text/nearest';
import type { View } from '../../workspace/view';
import type { YamlEdit } from '../../yaml/edit';
import { isSlip, missingSeverity } from '../missing';
import { edit, type RuleFinding, rule } from '../rule';

export const parentNotFound = rule({
  name: 'gateway-api/parent-not-found',
  layer: 'traffic',
  severity: 'error',
  summary: 'A route of the Gateway API names a parent that is not there, so nobody follows it.',
  on: 'Other',

  *check(resource, view) {
    if (!isApiRoute(resource)) {
      return;
    }
    for (const reference of parentReferences(resource)) {
      const found = misnamed(view, reference) ?? missing(view, reference);
      if (found) {
        yield found;
      }
    }
  },
});

/** The groups of the kinds that Istio takes for parents. */
const groups: { readonly [kind: string]: string } = {
  Gateway: gatewayApiGroup,
  Service: '',
  ServiceEntry: 'networking.istio.io',
};

/** A reference without a group is for the Gateway API, which has neither Services nor ServiceEntries. */
function misnamed(view: View, reference: ParentReference): RuleFinding | undefined {
  const { group, kind, origin } = reference;
  const meant = groups[kind];
  if (meant === undefined || meant === group) {
    return undefined;
  }
  const isThere = exists(view, { ...reference, group: meant });
  const change: YamlEdit = { op: 'set', path: [...origin.path, 'group'], value: meant };
  return {
    path: [...origin.path, 'kind'],
    message:
      kind === 'Gateway'
        ? `A route of the Gateway API has no Gateway of the group "${group}" for a parent, so Istio passes over this reference`
        : `The group "${group}" has no ${kind}${meant === '' ? ', which is of the core group ""' : `, which is of the group "${meant}"`}, so Istio passes over this reference and no sidecar follows the route`,
    fixes:
      kind === 'Gateway' && !isThere
        ? []
        : [edit(`Set the group to "${meant}"`, origin.resource, [change], { preferred: isThere })],
  };
}

/** A parent that is there or may be: in part, or refused. */
function exists(view: View, { kind, namespace, name }: ParentReference): boolean {
  switch (kind) {
    case 'Gateway':
      return candidates(view, kind).some((it) => it.namespace === namespace && it.name === name);
    case 'Service':
      return (
        servicesNamed(view, serviceHostname(name, namespace)).length > 0 ||
        view.declares('Service', namespace, name)
      );
    default:
      return view.declares('ServiceEntry', namespace, name);
  }
}

function mayCome(view: View, kind: string): boolean {
  return view.hasPartial(kind === 'Service' || kind === 'ServiceEntry' ? kind : 'Other');
}

function missing(view: View, reference: ParentReference): RuleFinding | undefined {
  const { kind, group, namespace, name, origin } = reference;
  if (groups[kind] !== group || exists(view, reference)) {
    return undefined;
  }
  const suggestion = suggest(view, reference);
  const who = isGatewayReference(reference) ? 'gateway' : 'sidecar';
  return {
    path: [...origin.path, 'name'],
    message: view.settings.closedWorld
      ? `There is no ${kind} "${name}" in namespace "${namespace}", so no ${who} follows this route`
      : `These files have no ${kind} "${name}" in namespace "${namespace}"; unless the cluster has it, no ${who} follows this route`,
    severity: mayCome(view, kind) ? 'info' : missingSeverity(view, suggestion?.isLikely === true),
    related: [
      {
        resource: origin.resource,
        path: [...origin.path, 'name'],
        message: 'The parent that is missing',
        subject: { kind, namespace, name },
      },
      ...(suggestion
        ? [{ resource: suggestion.object, path: ['metadata', 'name'], message: 'This may be meant' }]
        : []),
    ],
    fixes: suggestion ? [fixFor(reference, suggestion)] : [],
  };
}

interface Suggestion {
  readonly object: Resource;
  readonly kind: string;
  readonly isLikely: boolean;
}

function candidates(view: View, kind: string): readonly Resource[] {
  return kind === 'Gateway'
    ? gatewayApiObjects(view, 'Gateway')
    : view.all(kind === 'Service' ? 'Service' : 'ServiceEntry');
}

/** The same name for another kind or in another namespace, or a name spelt almost like it. */
function suggest(view: View, { kind, namespace, name }: ParentReference): Suggestion | undefined {
  const named = ['ServiceEntry', 'Service', 'Gateway']
    .filter((it) => it !== kind)
    .flatMap((other) => candidates(view, other).map((object) => ({ object, kind: other })))
    .find(({ object }) => object.namespace === namespace && object.name === name);
  if (named) {
    return { ...named, isLikely: true };
  }
  const alike = candidates(view, kind);
  const own = alike.filter((it) => it.namespace === namespace);
  const likely = alike.find((it) => it.name === name) ?? own.find((it) => isSlip(name, it.name));
  if (likely) {
    return { object: likely, kind, isLikely: true };
  }
  const near = nearest(
    name,
    own.map((it) => it.name),
  );
  const object = own.find((it) => it.name === near);
  return object && { object, kind, isLikely: false };
}

function fixFor({ kind, namespace, name, origin }: ParentReference, { object, ...meant }: Suggestion) {
  const set = (key: string, value: string): YamlEdit => ({ op: 'set', path: [...origin.path, key], value });
  const edits = [
    ...(meant.kind === kind ? [] : [set('group', groups[meant.kind]!), set('kind', meant.kind)]),
    ...(object.namespace === namespace ? [] : [set('namespace', object.namespace)]),
    ...(object.name === name ? [] : [set('name', object.name)]),
  ];
  const title = `Change to the ${meant.kind} "${object.namespace}/${object.name}"`;
  return edit(title, origin.resource, edits, { preferred: meant.isLikely });
}
