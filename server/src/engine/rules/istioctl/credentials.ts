import type { Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import type { Path } from '../../yaml/node';
import { selectedPods } from './pods';

/** A `credentialName` of a server, and the secrets it may mean. */
export interface CredentialSite {
  readonly path: Path;
  readonly name: string;
  readonly namespaces: readonly string[];
  readonly secrets: readonly Resource<'Secret'>[];
  /** Some document claims to be such a secret, if only one that the cluster would refuse. */
  readonly isDeclared: boolean;
}

/**
 * istioctl looks beside the first Pod that the Gateway selects, and of several namespaces it is chance which that is. So
 * a secret in any of them is taken for the one.
 */
export function credentialSites(view: View, { spec }: Resource<'Gateway'>): readonly CredentialSite[] {
  const homes = [...new Set(selectedPods(view, spec.selector ?? {}).map((it) => it.namespace))];
  if (homes.length === 0) {
    return [];
  }
  return (spec.servers ?? []).flatMap(({ tls }, index): readonly CredentialSite[] => {
    const written = tls?.credentialName;
    if (!written) {
      return [];
    }
    const slash = written.indexOf('/');
    const namespaces = slash < 0 ? homes : [written.slice(0, slash)];
    const name = written.slice(slash + 1);
    return [
      {
        path: ['spec', 'servers', index, 'tls', 'credentialName'],
        name,
        namespaces,
        secrets: namespaces.flatMap((it) => view.find('Secret', it, name) ?? []),
        isDeclared: namespaces.some((it) => view.declares('Secret', it, name)),
      },
    ];
  });
}
