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

export function emptiness(from: DrawnFrom): Emptiness {
  const { view, skipped, accepted, refused, partial, filtered, extent } = from;
  if (skipped) {
    return skipped === 'too-large' ? tooLarge : binary;
  }
  if (filtered) {
    return nothingMatches;
  }
  if (accepted === 0 && refused > 0) {
    return allRefused;
  }
  if (accepted === 0 && partial > 0) {
    return allPartial;
  }
  const isKnown = view !== undefined && trafficKinds.some((kind) => view.all(kind).length > 0);
  if (!isKnown) {
    return nothingWritten;
  }
  return extent === 'file' ? nothingThroughFile : nothingLeaves;
}

const tooLarge: Emptiness = {
  title: 'The file is too large to be read',
  advice: 'Raise "istioEgress.files.maxSize", or split the file',
};
const binary: Emptiness = { title: 'The file is not text', advice: 'Open a file with Istio manifests' };
const nothingMatches: Emptiness = {
  title: 'Nothing matches the filter',
  advice: 'Clear the filter, or look for a part of a host, a route, a gateway or a state such as "broken"',
};
const allRefused: Emptiness = {
  title: 'No document here would be accepted by the cluster',
  advice: 'Mend the errors in the Problems panel: something can be shown as soon as one document is whole',
};
const allPartial: Emptiness = {
  title: 'There are only templates or patches here',
  advice:
    'What they become is known after rendering: open the rendered manifests, such as the output of "helm template" or "kustomize build"',
};
const nothingWritten: Emptiness = {
  title: 'There is no egress route here yet',
  advice:
    'Run "Istio Egress: New Egress Route…" from the Command Palette, or write a ServiceEntry for the host that applications call',
};
const nothingThroughFile: Emptiness = {
  title: 'No request passes what this file declares',
  advice: 'Show the whole scope, or add the ServiceEntry that registers the host',
};
const nothingLeaves: Emptiness = {
  title: 'No request leaves the mesh through these documents',
  advice: 'Add a ServiceEntry that registers the host, with the ports that applications call',
};
