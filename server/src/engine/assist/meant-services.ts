import { isSubsetOf, isWildcard, resolveShortName, splitNamespacedHost } from '../mesh/hosts';
import { allServices, isServiceVisible, servicesNamed } from '../mesh/registry';
import type { MeshService } from '../mesh/service';
import type { View } from '../workspace/view';
import type { Site } from './reference-sites';

/** The registered hosts a value means: those of its name, else the wildcard over it, else those below it. */
export function servicesMeant(view: View, { names, manifest, text: written }: Site): readonly MeshService[] {
  if (names === 'scoped-host') {
    const { namespace = '*', host } = splitNamespacedHost(written);
    const home = namespace === '.' ? manifest.namespace : namespace;
    // The namespace before a Gateway's host is the one of the routes, which says nothing about the host.
    const any = namespace === '*' || manifest.kind === 'Gateway';
    return servicesFor(view, host, manifest.namespace).filter((it) => any || it.namespace === home);
  }
  return servicesFor(view, written, manifest.namespace);
}

/** The host a value names, completed. */
export function hostMeant(site: Site): string {
  const written = site.text;
  const { host } = site.names === 'scoped-host' ? splitNamespacedHost(written) : { host: written };
  return resolveShortName(host, site.manifest.namespace);
}

export function servicesFor(view: View, written: string, namespace: string): readonly MeshService[] {
  if (written === '' || written === '*') {
    return [];
  }
  const host = resolveShortName(written, namespace);
  const named = servicesNamed(view, host);
  const visible = named.filter((it) => isServiceVisible(view, it, namespace));
  if (named.length > 0) {
    return distinct(visible.length > 0 ? visible : named);
  }
  const above = allServices(view).filter((it) => isWildcard(it.hostname) && isSubsetOf(host, it.hostname));
  const below = isWildcard(host) ? allServices(view).filter((it) => isSubsetOf(it.hostname, host)) : [];
  return distinct(above.length > 0 ? above : below);
}

/** A ServiceEntry with several addresses is several services under one name. */
function distinct(services: readonly MeshService[]): readonly MeshService[] {
  const seen = new Set<string>();
  return services.filter(({ resource, hostname, namespace }) => {
    const key = `${resource?.slot.id} ${resource?.base.join()} ${namespace} ${hostname}`;
    return !seen.has(key) && seen.add(key);
  });
}
