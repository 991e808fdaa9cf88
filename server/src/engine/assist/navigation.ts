import { isSubsetOf, resolveGatewayName, resolveShortName } from '../mesh/hosts';
import type { Origin } from '../mesh/origin';
import type { Slot } from '../source/source';
import type { Span } from '../text/span';
import type { View } from '../workspace/view';
import type { Path } from '../yaml/node';
import { hostMeant, servicesMeant } from './meant-services';
import { hostBeside } from './meant-subsets';
import { type Named, type Site, sitesOf } from './reference-sites';
import { type Spot, siteOfSpot } from './spot';
import { targetsOf } from './targets';

/** A place in a document of the scope. */
export interface Place {
  readonly slot: Slot;
  /** From the root of the document. */
  readonly path: Path;
  /** Maps are shown by their key. */
  readonly part: 'key' | 'value';
}

export interface Definition {
  /** The text the answer is about. */
  readonly source: Span;
  readonly targets: readonly Place[];
}

/** Where what the user stands on is declared. A declaration is its own definition. */
export function definition(spot: Spot): Definition | undefined {
  const found = siteOfSpot(spot);
  if (!found) {
    return undefined;
  }
  const { site, standing } = found;
  const targets = site.role === 'declaration' ? [] : targetsOf(spot.scope, site).map(placeOfOrigin);
  const own = site.role === 'use' ? [] : placesOf(site);
  return { source: standing.span, targets: targets.length > 0 ? targets : own };
}

export interface Reference extends Place {
  readonly declaration: boolean;
}

/** Every place of the scope that means the same, declarations among them. `within` narrows where is looked. */
export function references(spot: Spot, within?: Iterable<Slot>): readonly Reference[] {
  const found = siteOfSpot(spot);
  return found
    ? sitesLike(spot, found.site, within).flatMap((site) =>
        placesOf(site).map((place) => ({ ...place, declaration: site.role !== 'use' })),
      )
    : [];
}

/** The same within the documents of one file. */
export function highlights(spot: Spot, slots: Iterable<Slot>): readonly Reference[] {
  return references(spot, slots);
}

/** The sites of the scope that mean what `site` means, itself included. */
export function sitesLike(
  spot: Spot,
  site: Site,
  within: Iterable<Slot> = spot.scope.slots(),
): readonly Site[] {
  const { scope } = spot;
  const wanted = new Set(meaningOf(scope, site));
  const mayMean = quickCheck(scope, site);
  const alike: Site[] = [];
  for (const slot of within) {
    for (const other of scope.resourcesOf(slot).flatMap(sitesOf)) {
      if (families[other.names] === families[site.names] && mayMean(other) && means(scope, other, wanted)) {
        alike.push(other);
      }
    }
  }
  // A document that is being typed may not stand in the scope, but the place itself is one of its kind.
  const own = new Set(placesOf(site).map(keyOf));
  return alike.some((it) => placesOf(it).some((place) => own.has(keyOf(place)))) ? alike : [...alike, site];
}

/** Names that can mean the same thing. */
const families: { readonly [N in Named]: string } = {
  host: 'host',
  'scoped-host': 'host',
  gateway: 'gateway',
  subset: 'subset',
  port: 'port',
  'server-port': 'port',
  'match-port': 'port',
  labels: 'labels',
  'virtual-service': 'virtual-service',
  namespace: 'namespace',
  secret: 'secret',
};

/** What a site stands for: itself when it declares, otherwise its targets, otherwise just its name. */
function meaningOf(view: View, site: Site): readonly string[] {
  return site.role === 'use' ? targetKeys(view, site) : placesOf(site).map(keyOf);
}

function means(view: View, site: Site, wanted: ReadonlySet<string>): boolean {
  const own = site.role === 'use' ? [] : placesOf(site).map(keyOf);
  return (
    own.some((it) => wanted.has(it)) ||
    (site.role !== 'declaration' && targetKeys(view, site).some((it) => wanted.has(it)))
  );
}

function targetKeys(view: View, site: Site): readonly string[] {
  const targets = targetsOf(view, site).map((it) => keyOf(placeOfOrigin(it)));
  return targets.length > 0 ? targets : [nameKey(site)];
}

/** What nobody declares is still the same thing wherever it has the same name. */
function nameKey(site: Site): string {
  const { namespace } = site.manifest;
  const name = site.text;
  switch (site.names) {
    case 'host':
    case 'scoped-host':
      return `host ${hostMeant(site)}`;
    case 'gateway':
      return `gateway ${resolveGatewayName(name, namespace)}`;
    case 'subset':
    case 'port':
      return `${site.names} ${resolveShortName(hostBeside(site), namespace)} ${name}`;
    case 'namespace':
      return `namespace ${name}`;
    case 'labels':
      return placesOf(site).map(keyOf).join();
    default:
      return `${site.names} ${namespace} ${name}`;
  }
}

/** Whether a site can be the one in question, before anyone looks anything up. */
function quickCheck(view: View, site: Site): (other: Site) => boolean {
  switch (site.names) {
    case 'host':
    case 'scoped-host': {
      const targets = site.role === 'declaration' ? [] : servicesMeant(view, site).map((it) => it.hostname);
      const hosts = [hostMeant(site), ...targets];
      return (other) => {
        const host = hostMeant(other);
        return hosts.some((it) => isSubsetOf(host, it) || isSubsetOf(it, host));
      };
    }
    case 'gateway': {
      const [, name] = resolveGatewayName(site.text, site.manifest.namespace).split('/');
      return (other) => name === undefined || other.text.includes(name);
    }
    case 'subset':
    case 'secret':
    case 'namespace':
    case 'virtual-service':
      return (other) => other.text === site.text;
    default:
      return () => true;
  }
}

export function placesOf({ manifest, path, names }: Site): readonly Place[] {
  const part = names === 'labels' ? 'key' : 'value';
  return manifest.slot ? [{ slot: manifest.slot, path: [...manifest.base, ...path], part }] : [];
}

function placeOfOrigin({ resource, path }: Origin): Place {
  const part = path.at(-1) === 'labels' || path.at(-1) === 'selector' ? 'key' : 'value';
  return { slot: resource.slot, path: [...resource.base, ...path], part };
}

function keyOf({ slot, path }: Place): string {
  return `${slot.id} ${path.join('/')}`;
}
