import { knownGateways } from '../../mesh/installed-gateways';
import { type Fields, fields, items, labels, text } from '../../model/guards';
import { isPickedBy } from '../../model/label-selector';
import type { Resource } from '../../model/resource';
import type { Labels } from '../../model/specs';
import type { View } from '../../workspace/view';
import { defaultGateway } from './default-gateway';
import { injectionLabel, injectName, revisionLabel } from './injection';
import { isSeen } from './message';
import { othersIn } from './objects';
import { isOfIstio, type Webhook, webhooksOf } from './webhooks';

/** A hook that takes Pods which others take too. */
export interface Overlap {
  readonly hook: string;
  readonly index: number;
  /** As `configuration/hook`. */
  readonly others: readonly string[];
}

export function overlapsOf(view: View, { name }: Resource<'Other'>): readonly Overlap[] {
  return view.lookUp(
    'istioctl/overlapping-webhooks',
    name,
    () => overlaps(injectors(view)),
    (a, b) => JSON.stringify(a) === JSON.stringify(b),
  );
}

/** The Service a hook of an injector asks, when nobody has it. */
export function missingService(
  view: View,
  resource: Resource<'Other'>,
  { client }: Webhook,
): string | undefined {
  if (!isInjector(resource) || typeof client.service !== 'object' || client.service === null) {
    return undefined;
  }
  const { namespace, name } = fields(client.service);
  const home = text(namespace) ?? '';
  const short = text(name) ?? '';
  const isThere =
    (isSeen({ kind: 'Service', namespace: home, name: short }) &&
      view.find('Service', home, short) !== undefined) ||
    [...defaultGateway(view), ...knownGateways(view)].some(
      (it) => it.namespace === home && it.name === short,
    );
  return isThere ? undefined : `${home}/${short}`;
}

function injectors(view: View): readonly Resource<'Other'>[] {
  return othersIn(view, 'MutatingWebhookConfiguration').filter(isInjector);
}

function isInjector(resource: Resource<'Other'>): boolean {
  return revisionsOf(resource).length > 0 || webhooksOf(resource).some(isOfIstio);
}

/** The revisions of Istio that a configuration or one of its selectors names. */
function revisionsOf(resource: Resource<'Other'>): readonly string[] {
  const own = resource.labels[revisionLabel];
  const selectors = webhooksOf(resource).flatMap((it) => [it.namespaceSelector, it.objectSelector]);
  return [...(own === undefined ? [] : [own]), ...selectors.map(fields).flatMap(revisionsIn)];
}

function revisionsIn({ matchLabels, matchExpressions }: Fields): readonly string[] {
  const exact = labels(matchLabels)[revisionLabel];
  const listed = items(matchExpressions)
    .map(fields)
    .filter((it) => it.key === revisionLabel)
    .flatMap((it) => items(it.values).flatMap((value) => text(value) ?? []));
  return exact === undefined ? listed : [exact, ...listed];
}

interface Hook extends Overlap {
  readonly configuration: string;
  /** Which of the labels that are tried it picks. */
  readonly namespaces: ReadonlySet<Labels>;
  readonly objects: ReadonlySet<Labels>;
}

/** istioctl tries the labels that decide about injection, with and without each revision. */
function overlaps(configurations: readonly Resource<'Other'>[]): ReadonlyMap<string, readonly Overlap[]> {
  const revisions = [...new Set(configurations.flatMap(revisionsOf))];
  const namespaces = tried(injectionLabel, ['enabled', 'disabled'], revisions);
  const objects = tried(injectName, ['true', 'false'], revisions);
  const hooks = configurations.flatMap((configuration) =>
    webhooksOf(configuration).map(({ name, index, ...selectors }): Hook => {
      return {
        configuration: configuration.name,
        hook: name,
        index,
        others: [],
        namespaces: new Set(namespaces.filter((it) => isPickedBy(selectors.namespaceSelector, it))),
        objects: new Set(objects.filter((it) => isPickedBy(selectors.objectSelector, it))),
      };
    }),
  );
  const found = hooks.flatMap((hook) => {
    const others = hooks.filter((it) => idOf(it) !== idOf(hook) && isShared(hook, it)).map(idOf);
    return others.length > 0 ? [{ ...hook, others: [...new Set(others)].sort() }] : [];
  });
  return new Map(
    configurations.map(({ name }) => [
      name,
      found
        .filter((it) => it.configuration === name)
        .map(({ hook, index, others }) => ({ hook, index, others })),
    ]),
  );
}

function tried(label: string, values: readonly string[], revisions: readonly string[]): readonly Labels[] {
  const plain: readonly Labels[] = [{}, ...values.map((it) => ({ [label]: it }))];
  return [...plain, ...revisions.flatMap((it) => plain.map((own) => ({ ...own, [revisionLabel]: it })))];
}

function idOf({ configuration, hook }: Hook): string {
  return `${configuration}/${hook}`;
}

function isShared(a: Hook, b: Hook): boolean {
  return meet(a.namespaces, b.namespaces) && meet(a.objects, b.objects);
}

function meet(a: ReadonlySet<Labels>, b: ReadonlySet<Labels>): boolean {
  return [...a].some((it) => b.has(it));
}
