import { trafficKinds } from '../model/resource';
import type { View } from '../workspace/view';

/** Why there is nothing to draw, and what to do about it. */
export interface Emptiness {
  readonly title: string;
  readonly advice: string;
}

/** What is known of the documents that a graph would have been drawn from. */
export interface DrawnFrom {
  readonly view: View | undefined;
  readonly skipped?: 'too-large' | 'binary';
  /** Documents of Istio's traffic kinds, by what the cluster would make of them. */
  readonly accepted: number;
  readonly refused: number;
  readonly partial: number;
  readonly filtered: boolean;
  readonly extent: 'scope' | 'file';
}

export function emptiness({
  view,
  skipped,
  accepted,
  refused,
  partial,
  filtered,
  extent,
}: DrawnFrom): Emptiness {
  if (skipped) {
    return skipped === 'too-large'
      ? {
          title: 'The file is too large to be read',
          advice: 'Raise "istioEgress.files.maxSize", or split the file',
        }
      : { title: 'The file is not text', advice: 'Open a file with Istio manifests' };
  }
  if (filtered) {
    return {
      title: 'Nothing matches the filter',
      advice:
        'Clear the filter, or look for a part of a host, a route, a gateway or a state such as "broken"',
    };
  }
  if (refused > 0 && accepted === 0) {
    return {
      title: 'No document here would be accepted by the cluster',
      advice: 'Mend the errors in the Problems panel: the graph appears as soon as one document is whole',
    };
  }
  if (partial > 0 && accepted === 0) {
    return {
      title: 'There are only templates or patches here',
      advice:
        'What they become is known after rendering: open the rendered manifests, such as the output of "helm template" or "kustomize build"',
    };
  }
  const isKnown = view !== undefined && trafficKinds.some((kind) => view.all(kind).length > 0);
  if (!isKnown) {
    return {
      title: 'There is no egress route here yet',
      advice:
        'Run "Istio Egress: New Egress Route…" from the Command Palette, or write a ServiceEntry for the host that applications call',
    };
  }
  return extent === 'file'
    ? {
        title: 'No request passes what this file declares',
        advice: 'Show the whole scope, or add the ServiceEntry that registers the host',
      }
    : {
        title: 'No request leaves the mesh through these documents',
        advice: 'Add a ServiceEntry that registers the host, with the ports that applications call',
      };
}
