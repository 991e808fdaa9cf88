import type { Resource } from '../model/resource';
import type { View } from '../workspace/view';
import { memoize } from './derive';
import { type Fact, meshFacts } from './facts';
import type { Origin } from './origin';

/** To which namespaces an object shows itself, and who says so. */
export interface Visibility {
  /** `*`, `.`, `~` or names of namespaces; never empty. */
  readonly exportTo: readonly string[];
  readonly from: 'own' | 'object' | 'setting' | 'default';
  readonly origin?: Origin;
}

export type Exported = Resource<'ServiceEntry' | 'VirtualService' | 'DestinationRule' | 'Service'>;

export const exportToAnnotation = 'networking.istio.io/exportTo';

/** What an object writes itself; empty when it leaves it to the mesh. */
export function ownExportTo(resource: Exported): readonly string[] {
  if (resource.kind !== 'Service') {
    return resource.spec.exportTo ?? [];
  }
  const written = resource.annotations[exportToAnnotation];
  return written ? written.split(',').map((it) => it.trim()) : [];
}

/** The visibility of an object, the mesh defaults included. */
export function visibilityOf(view: View, resource: Exported): Visibility {
  const own = ownExportTo(resource);
  if (own.length > 0) {
    const path =
      resource.kind === 'Service' ? ['metadata', 'annotations', exportToAnnotation] : ['spec', 'exportTo'];
    return { exportTo: own, from: 'own', origin: { resource, path } };
  }
  const facts = meshFacts(view);
  return asVisibility(
    resource.kind === 'VirtualService'
      ? facts.defaultVirtualServiceExportTo
      : resource.kind === 'DestinationRule'
        ? facts.defaultDestinationRuleExportTo
        : facts.defaultServiceExportTo,
  );
}

const asVisibility = memoize(({ value, ...source }: Fact<readonly string[]>): Visibility => {
  return { exportTo: value, ...source };
});

/** Whether an object of `home` with this `exportTo` is seen from `namespace`. `~` outweighs everything but `*`. */
export function isExportedTo(exportTo: readonly string[], home: string, namespace: string): boolean {
  if (exportTo.includes('*')) {
    return true;
  }
  return (
    !exportTo.includes('~') &&
    ((exportTo.includes('.') && home === namespace) || exportTo.includes(namespace))
  );
}
