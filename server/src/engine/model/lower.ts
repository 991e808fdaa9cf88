import { conform } from '../schema/conform';
import type { Slot } from '../source/source';
import type { Path } from '../yaml/node';
import { type Fields, fields, items, labels, text } from './guards';
import { isClusterKind, kindOf } from './kinds';
import { lowerConfigMap, lowerNamespace, lowerSecret, lowerService, lowerWorkload } from './kubernetes';
import type { Condition, Kind, Resource, ResourceHeader, Specs, Standing } from './resource';

/** What a scope adds to an object that its own text does not say. */
export interface Placement {
  /** The namespace of objects that write none. */
  readonly defaultNamespace: string;
  /** False when {@link defaultNamespace} is a guess nobody made. */
  readonly defaultKnown: boolean;
  /** A Kustomize `namespace:`, which replaces what is written. */
  readonly namespace?: string;
  /** What kustomizations put around names. */
  readonly namePrefix?: string;
  readonly nameSuffix?: string;
}

type Lowering = (object: Fields, writtenKind: string) => Specs[Kind];

const istioSpec: Lowering = (object, writtenKind) => conform(writtenKind, object.spec) as Specs[Kind];

const lowering: { readonly [K in Kind]: Lowering } = {
  ServiceEntry: (object, writtenKind) => {
    const spec = istioSpec(object, writtenKind);
    return items(fields(object.status).addresses).length > 0 ? { ...spec, allocated: true } : spec;
  },
  Gateway: istioSpec,
  DestinationRule: istioSpec,
  VirtualService: istioSpec,
  Sidecar: istioSpec,
  WorkloadEntry: istioSpec,
  Service: lowerService,
  Workload: lowerWorkload,
  Namespace: lowerNamespace,
  ConfigMap: lowerConfigMap,
  Secret: lowerSecret,
  // EndpointSlices and their like have no spec: what they say stands beside their metadata.
  Other: (object) => (object.spec === undefined ? object : fields(object.spec)),
};

/** Turns one object of a document into the resource it declares. */
export function lower(
  value: unknown,
  slot: Slot,
  base: Path,
  placement: Placement,
  standing: Standing,
): Resource | undefined {
  const object = fields(value);
  const apiVersion = text(object.apiVersion);
  const writtenKind = text(object.kind);
  if (apiVersion === undefined || writtenKind === undefined) {
    return apiVersion === writtenKind && Object.keys(fields(object.meshConfig)).length > 0
      ? lowerMeshValues(object, slot, base, placement, standing)
      : undefined;
  }
  const kind = kindOf(apiVersion, writtenKind);
  const metadata = fields(object.metadata);
  const { namespace, namespaceKnown } = isClusterKind(apiVersion, writtenKind)
    ? clusterWide
    : namespaceOf(text(metadata.namespace), placement);
  const { name, affix } = nameOf(kind, text(metadata.name) ?? '', placement);
  // Every resource is made by this one literal: rules read them all the time, and V8 is fast where all look alike.
  return {
    kind,
    apiVersion,
    writtenKind,
    name,
    affix,
    namespace,
    namespaceKnown,
    labels: labels(metadata.labels),
    annotations: labels(metadata.annotations),
    creationTimestamp: text(metadata.creationTimestamp),
    conditions: object.status === undefined ? undefined : conditionsOf(fields(object.status)),
    slot,
    base,
    standing,
    spec: lowering[kind](object, writtenKind),
  } as Resource;
}

/** Hosts are written with the names that Services get; what refers to Istio's kinds is mostly written without. */
function nameOf(
  kind: Kind,
  name: string,
  { namePrefix = '', nameSuffix = '' }: Placement,
): Pick<ResourceHeader, 'name' | 'affix'> {
  return kind === 'Service'
    ? { name: `${namePrefix}${name}${nameSuffix}`, affix: '' }
    : { name, affix: `${namePrefix} ${nameSuffix}`.trim() };
}

const clusterWide = { namespace: '', namespaceKnown: true };

/** Those of the object, or of a route at each of its parents. */
function conditionsOf(status: Fields): readonly Condition[] {
  const own = conditionsIn(status, ['status']);
  const parents = items(status.parents).map(fields);
  return [...own, ...parents.flatMap((it, index) => conditionsIn(it, ['status', 'parents', index]))];
}

function conditionsIn({ conditions }: Fields, path: Path): readonly Condition[] {
  return items(conditions)
    .map(fields)
    .map((it, index) => {
      return {
        type: text(it.type) ?? '',
        status: text(it.status),
        reason: text(it.reason),
        path: [...path, 'conditions', index],
      };
    });
}

/** What {@link Resource.writtenKind} says of values for the charts that install the mesh. They are no object of the cluster. */
export const meshValues = 'MeshValues';

/** Values have no name, and those of two files are two, so the document stands for it. */
function lowerMeshValues(
  object: Fields,
  slot: Slot,
  base: Path,
  placement: Placement,
  standing: Standing,
): Resource {
  const metadata = { name: `values-${slot.id}` };
  const wrapped = { apiVersion: 'values', kind: meshValues, metadata, spec: object };
  return lower(wrapped, slot, base, placement, standing)!;
}

function namespaceOf(
  written: string | undefined,
  placement: Placement,
): Pick<ResourceHeader, 'namespace' | 'namespaceKnown'> {
  const known = placement.namespace ?? (written === '' ? undefined : written);
  return {
    namespace: known ?? placement.defaultNamespace,
    namespaceKnown: known !== undefined || placement.defaultKnown,
  };
}
