import { deriveList } from '../../mesh/derive';
import { type Kind, trafficKinds } from '../../model/resource';
import type { View } from '../../workspace/view';
import { isSlip } from '../missing';
import { edit, rule } from '../rule';

export const exportToMisspelt = rule({
  name: 'workspace/export-to-misspelt',
  layer: 'traffic',
  severity: 'warning',
  summary: 'An object is exported to a namespace that no document is in and that is another one misspelt.',
  on: ['ServiceEntry', 'VirtualService', 'DestinationRule'],
  isAside: true,

  *check(resource, view) {
    for (const [index, name] of (resource.spec.exportTo ?? []).entries()) {
      const known = name === '.' || name === '*' || name === '~' ? [] : knownNamespaces(view);
      const meant = known.includes(name) ? undefined : known.find((it) => isSlip(name, it));
      if (meant !== undefined) {
        const path = ['spec', 'exportTo', index];
        yield {
          path,
          message: `No document is in namespace "${name}", and "${meant}" is spelt almost like it: whoever is there does not see this object`,
          fixes: [
            edit(`Change to "${meant}"`, resource, [{ op: 'set', path, value: meant }], { preferred: true }),
          ],
        };
      }
    }
  },
});

const kinds: readonly Kind[] = [...trafficKinds, 'Service', 'Workload'];

/** The namespaces that documents are in, and those that are declared. */
function knownNamespaces(view: View): readonly string[] {
  const build = (): readonly string[] => {
    const homes = kinds.flatMap((kind) => view.all(kind).map((it) => it.namespace));
    return [...new Set([...homes, ...view.all('Namespace').map((it) => it.name)])].sort();
  };
  return deriveList(view, 'rules/known-namespaces', '', build, (a, b) => a === b);
}
