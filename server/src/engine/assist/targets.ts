import { findGateway } from '../mesh/gateways';
import { type Origin, origin } from '../mesh/origin';
import type { View } from '../workspace/view';
import { textAt } from './manifest';
import { podsMeant } from './meant-pods';
import { portsMeant } from './meant-ports';
import { servicesMeant } from './meant-services';
import { subsetsMeant } from './meant-subsets';
import type { Site } from './reference-sites';

/** What a value refers to: the places that declare it, the one that counts first. */
export function targetsOf(view: View, site: Site): readonly Origin[] {
  switch (site.names) {
    case 'host':
    case 'scoped-host':
      return servicesMeant(view, site).flatMap((it) => it.origin ?? []);
    case 'gateway':
      return declared(findGateway(view, site.text, site.manifest.namespace));
    case 'subset':
      return subsetsMeant(view, site);
    case 'port':
    case 'match-port':
    case 'server-port':
      return portsMeant(view, site);
    case 'labels':
      return podsMeant(view, site);
    case 'virtual-service':
      return delegateMeant(view, site);
    case 'namespace':
      return declared(view.find('Namespace', '', site.text));
    case 'secret':
      return secretsMeant(view, site);
  }
}

function declared(resource: Origin['resource'] | undefined): readonly Origin[] {
  return resource ? [origin(resource, 'metadata', 'name')] : [];
}

function delegateMeant(view: View, site: Site): readonly Origin[] {
  const home = textAt(site.manifest.object, [...site.path.slice(0, -1), 'namespace']);
  return declared(view.find('VirtualService', home || site.manifest.namespace, site.text));
}

/** A proxy reads secrets of its own namespace, which may be another one than the object's. */
function secretsMeant(view: View, site: Site): readonly Origin[] {
  const own = view.find('Secret', site.manifest.namespace, site.text);
  return own
    ? declared(own)
    : view
        .all('Secret')
        .filter((it) => it.name === site.text)
        .flatMap(declared);
}
