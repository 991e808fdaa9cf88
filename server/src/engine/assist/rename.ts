import { findGateway } from '../mesh/gateways';
import { kubernetesName, meshGateway, splitNamespacedHost } from '../mesh/hosts';
import type { DocumentChange } from '../model/finding';
import { items } from '../model/guards';
import type { Slot } from '../source/source';
import { type Span, span } from '../text/span';
import type { YamlDocument } from '../yaml/node';
import { stringAt } from '../yaml/walk';
import { valueAt } from './manifest';
import { hostMeant, servicesMeant } from './meant-services';
import { placesOf, sitesLike } from './navigation';
import { type Site, sitesOf } from './reference-sites';
import { type Spot, siteOfSpot } from './spot';

export interface Renameable {
  readonly span: Span;
  readonly text: string;
}

export interface Refused {
  readonly refused: string;
}

/** What would be renamed at an offset, or why nothing can be. */
export function prepareRename(spot: Spot): Renameable | Refused {
  const found = siteOfSpot(spot);
  if (!found) {
    return refuse('Only Gateways, subsets and hosts of ServiceEntries can be renamed here');
  }
  const { site, standing } = found;
  const reason = whyNot(spot, site);
  if (reason !== undefined) {
    return refuse(reason);
  }
  const text = nameOnly(site);
  const written = spot.document.text.slice(standing.span.start, standing.span.end);
  const at = standing.span.start + Math.max(0, written.lastIndexOf(text));
  return { span: span(at, at + text.length), text };
}

/**
 * The edits that give it another name wherever the scope writes it. `documentOf` gives the documents as they are
 * now: one that cannot be read may hide a place, so then nothing is renamed.
 */
export function rename(
  spot: Spot,
  name: string,
  documentOf: (slot: Slot) => YamlDocument | undefined,
): { readonly changes: readonly DocumentChange[] } | Refused {
  const prepared = prepareRename(spot);
  const found = siteOfSpot(spot);
  if ('refused' in prepared || !found) {
    return 'refused' in prepared ? prepared : refuse('There is nothing to rename here');
  }
  const { site } = found;
  const reason = whyNotTo(spot, site, name);
  if (reason !== undefined) {
    return refuse(reason);
  }
  const changes: DocumentChange[] = [];
  for (const other of sitesToRename(spot, site)) {
    for (const { slot, path } of placesOf(other)) {
      const document = documentOf(slot);
      if (!document || document.problems.length > 0 || stringAt(document.root, ...path) !== other.text) {
        return refuse(
          `A document that writes "${other.text}" cannot be read as it is now, so it would keep the old name; repair it first`,
        );
      }
      changes.push({ slot, edits: [{ op: 'set', path, value: renamed(other, name) }] });
    }
  }
  return { changes };
}

function refuse(refused: string): Refused {
  return { refused };
}

function whyNot(spot: Spot, site: Site): string | undefined {
  const { scope } = spot;
  const name = site.text;
  switch (site.names) {
    case 'gateway':
      if (name === meshGateway && site.role === 'use') {
        return '"mesh" stands for the sidecars and is no object that has a name';
      }
      return findGateway(scope, name, site.manifest.namespace)
        ? undefined
        : `No Gateway "${name}" is in this scope, so its other places are not known`;
    case 'subset':
      return site.role === 'use' && sitesLike(spot, site).every((it) => it.role === 'use')
        ? `No DestinationRule of this scope defines the subset "${name}"`
        : undefined;
    case 'host':
    case 'scoped-host':
      return whyNotHost(spot, site);
    default:
      return `Only Gateways, subsets and hosts of ServiceEntries can be renamed; "${name}" is none of them`;
  }
}

function whyNotHost({ scope }: Spot, site: Site): string | undefined {
  const host = hostMeant(site);
  const services = servicesMeant(scope, site);
  if (kubernetesName(host) || services.some((it) => it.registry === 'kubernetes')) {
    return `"${site.text}" is the name of a Service; renaming a Service takes its clients with it, which are not in the files`;
  }
  return services.some((it) => it.hostname === host) || site.role === 'declaration'
    ? undefined
    : `No ServiceEntry of this scope declares the host "${host}"`;
}

function whyNotTo(spot: Spot, site: Site, name: string): string | undefined {
  const { scope } = spot;
  if (site.names === 'host' || site.names === 'scoped-host') {
    const isTaken = scope.declaresHost('ServiceEntry', name) && name !== hostMeant(site);
    return !hostForm.test(name)
      ? `"${name}" is no host: a host has labels of letters, digits and "-" with dots between them, and may start with "*."`
      : isTaken
        ? `A ServiceEntry of this scope already declares "${name}"; the two would become one host`
        : undefined;
  }
  if (!nameForm.test(name) || (site.names === 'gateway' && name === meshGateway)) {
    return `"${name}" cannot be a name here: use lower case letters, digits and "-", starting and ending with a letter or digit`;
  }
  const taken = site.names === 'gateway' ? gatewayTaken(spot, site, name) : subsetTaken(spot, site, name);
  return taken ? `"${name}" is taken; two of one name cannot be told apart` : undefined;
}

const hostForm =
  /^(?:\*\.)?(?=.{1,253}$)[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)*$/;
const nameForm = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

function gatewayTaken({ scope }: Spot, site: Site, name: string): boolean {
  const gateway = findGateway(scope, site.text, site.manifest.namespace);
  return gateway !== undefined && gateway.name !== name && scope.declares('Gateway', gateway.namespace, name);
}

function subsetTaken(spot: Spot, site: Site, name: string): boolean {
  return sitesLike(spot, site).some(({ role, manifest, path }) => {
    const beside = role === 'use' ? [] : items(valueAt(manifest.object, path.slice(0, -2)));
    return beside.some((_, index) => valueAt(beside, [index, 'name']) === name && index !== path.at(-2));
  });
}

/** Of hosts everything that writes this very name, declared twice or not seen from there included. */
function sitesToRename(spot: Spot, site: Site): readonly Site[] {
  if (site.names !== 'host' && site.names !== 'scoped-host') {
    return sitesLike(spot, site);
  }
  const host = hostMeant(site);
  return [...spot.scope.slots()].flatMap((slot) =>
    spot.scope
      .resourcesOf(slot)
      .flatMap(sitesOf)
      .filter((it) => (it.names === 'host' || it.names === 'scoped-host') && hostMeant(it) === host),
  );
}

/** The part of a value that is the name. */
function nameOnly(site: Site): string {
  const written = site.text;
  if (site.names === 'scoped-host') {
    return splitNamespacedHost(written).host;
  }
  if (site.names === 'gateway' && site.role === 'use') {
    return written.includes('/') ? written.slice(written.indexOf('/') + 1) : written.split('.')[0]!;
  }
  return written;
}

/** The value with another name in the form it is written in: `namespace/name`, `name.namespace` or just the name. */
function renamed(site: Site, name: string): string {
  const written = site.text;
  const old = nameOnly(site);
  const at = site.names === 'gateway' && !written.includes('/') ? 0 : written.length - old.length;
  return written.slice(0, at) + name + written.slice(at + old.length);
}
