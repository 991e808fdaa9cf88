import { type ConsolidatedRule, destinationRules, subsetOf } from '../mesh/destination-rules';
import { isSubsetOf, resolveShortName } from '../mesh/hosts';
import { type Origin, origin, within } from '../mesh/origin';
import type { View } from '../workspace/view';
import type { Path } from '../yaml/node';
import { type Manifest, textAt } from './manifest';
import { servicesFor } from './meant-services';
import type { Site } from './reference-sites';

/** The host that stands beside a subset or a port: the destination's, or the rule's own. */
export function hostBeside({ manifest, path, names }: Site): string {
  const own: Path =
    manifest.kind === 'DestinationRule'
      ? ['spec', 'host']
      : [...path.slice(0, names === 'port' ? -2 : -1), 'host'];
  return textAt(manifest.object, own) ?? '';
}

/** The rules a client in the object's namespace follows for `host`, the subsets they have among them. */
export function rulesFor(view: View, host: string, { namespace }: Manifest): readonly ConsolidatedRule[] {
  const services = servicesFor(view, host, namespace);
  const hostname = resolveShortName(host, namespace);
  const wanted = services.length > 0 ? services : [{ hostname, namespace }];
  return wanted.flatMap((it) => destinationRules(view, namespace, { hostname, namespace: it.namespace }));
}

/**
 * Where a destination's subset is defined. Which rule counts depends on the client, and a route may have clients
 * elsewhere, so a subset the usual lookup does not find is looked for in every rule for the host.
 */
export function subsetsMeant(view: View, site: Site): readonly Origin[] {
  const name = site.text;
  const host = hostBeside(site);
  const found = rulesFor(view, host, site.manifest).flatMap((it) => subsetOf(it, name) ?? []);
  return found.length > 0
    ? found.map((it) => within(it.origin, 'name'))
    : subsetsAnywhere(view, resolveShortName(host, site.manifest.namespace), name);
}

function subsetsAnywhere(view: View, host: string, name: string): readonly Origin[] {
  return view.all('DestinationRule').flatMap((rule) => {
    const covers = isSubsetOf(host, resolveShortName(rule.spec.host ?? '', rule.namespace));
    const index = covers ? (rule.spec.subsets ?? []).findIndex((it) => it.name === name) : -1;
    return index < 0 ? [] : [origin(rule, 'spec', 'subsets', index, 'name')];
  });
}
