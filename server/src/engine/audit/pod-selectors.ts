import { routesOf } from '../intent/hops';
import { virtualServices } from '../mesh/virtual-services';
import { isExportedTo } from '../mesh/visibility';
import type { Labels } from '../model/specs';
import type { View } from '../workspace/view';
import { type LabelSelector, labelsSelector } from './label-selector';
import { policiesIn } from './network-policies';

/** Something that treats certain pods unlike others. */
export interface PodSelector {
  /** Equal keys select the same pods. */
  readonly key: string;
  readonly selector: LabelSelector;
  /** Only requests to these hosts are treated otherwise; absent when it may be any. */
  readonly hosts?: readonly string[];
}

/** Whatever makes some pods of a namespace different from others. */
export function selectorsIn(view: View, namespace: string): readonly PodSelector[] {
  const found = new Map<string, PodSelector>();
  const add = (key: string, selector: LabelSelector, hosts?: readonly string[]): void => {
    const known = found.get(key);
    const all = known && !known.hosts ? undefined : hosts && [...(known?.hosts ?? []), ...hosts];
    if (selector.keys.length > 0) {
      found.set(key, { key, selector, ...(all && { hosts: all }) });
    }
  };
  for (const labels of workloadSelectors(view, namespace)) {
    add(keyOf(labels), labelsSelector(labels));
  }
  for (const { pods, name } of policiesIn(view, namespace)) {
    add(`policy ${name}`, pods);
  }
  for (const { labels, hosts, ...it } of sourceLabels(view)) {
    if ((it.namespace ?? namespace) === namespace && isExportedTo(it.exportTo, it.home, namespace)) {
      add(keyOf(labels), labelsSelector(labels), hosts);
    }
  }
  return [...found.values()];
}

function keyOf(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort());
}

function workloadSelectors(view: View, namespace: string): readonly Labels[] {
  const sidecars = view.allIn('Sidecar', namespace);
  const rules = view.allIn('DestinationRule', namespace);
  return [
    ...sidecars.flatMap((it): Labels[] =>
      it.spec.workloadSelector ? [it.spec.workloadSelector.labels ?? {}] : [],
    ),
    ...rules.flatMap((it): Labels[] =>
      it.spec.workloadSelector ? [it.spec.workloadSelector.matchLabels ?? {}] : [],
    ),
  ];
}

interface SourceLabels {
  readonly labels: Labels;
  readonly hosts: readonly string[];
  /** Only pods of this namespace are meant, where a match says so. */
  readonly namespace: string | undefined;
  readonly home: string;
  readonly exportTo: readonly string[];
}

/** The pods that matches of routes single out. */
function sourceLabels(view: View): readonly SourceLabels[] {
  return view.derive('audit/source-labels', '', () =>
    virtualServices(view).flatMap((virtualService) =>
      routesOf(virtualService)
        .flatMap((route) => route.matches)
        .flatMap(({ match }): SourceLabels[] => {
          const { sourceLabels: labels = {}, sourceNamespace: namespace } = match;
          const { hosts, exportTo, namespace: home } = virtualService;
          return Object.keys(labels).length > 0 ? [{ labels, hosts, namespace, home, exportTo }] : [];
        }),
    ),
  );
}
