import type { Resource, TrafficKind } from '../model/resource';
import type { Slot } from '../source/source';
import type { View } from '../workspace/view';
import type { YamlEdit, YamlValue } from '../yaml/edit';
import type { Piece } from './desk';
import type { Site } from './site';
import { same, specEdits } from './spec-edits';

/** A document of the route. `purpose` says in a few words what it is for. */
export type PlannedDocument =
  | (Planned & { readonly state: 'complete'; readonly slot: Slot })
  | (Planned & { readonly state: 'incomplete'; readonly slot: Slot; readonly edits: readonly YamlEdit[] })
  | (Planned & { readonly state: 'missing'; readonly manifest: Manifest });

interface Planned {
  readonly kind: TrafficKind;
  readonly namespace: string;
  readonly name: string;
  readonly purpose: string;
}

/** A whole object, in the order in which people write its members. */
export interface Manifest {
  readonly [key: string]: YamlValue | undefined;
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

const documentOrder: readonly TrafficKind[] = [
  'ServiceEntry',
  'Gateway',
  'DestinationRule',
  'VirtualService',
];

/** What has become of every document the plan has touched, in the order in which people write them. */
export function plannedDocuments({ view, desk, wish, entries }: Site): readonly PlannedDocument[] {
  const apiVersion = usualApiVersion(view, entries[0]);
  return desk.pieces(documentOrder).map((piece): PlannedDocument => {
    const { kind, namespace, name, purpose, resource } = piece;
    const planned = { kind, namespace, name, purpose };
    if (!resource) {
      const own = namespace === wish.namespace && wish.writeNamespace === false;
      return { ...planned, state: 'missing', manifest: manifestOf(piece, apiVersion, own) };
    }
    const { slot, base, spec } = resource;
    return same(spec, piece.spec)
      ? { ...planned, state: 'complete', slot }
      : { ...planned, state: 'incomplete', slot, edits: specEdits(spec, piece.spec, [...base, 'spec']) };
  });
}

function manifestOf({ kind, namespace, name, spec }: Piece, apiVersion: string, bare: boolean): Manifest {
  return {
    apiVersion,
    kind,
    metadata: { name, ...(!bare && { namespace }) },
    // Sound because specs hold nothing but plain values.
    spec: spec as unknown as YamlValue,
  };
}

/** What the ServiceEntry writes, else what most documents of the scope write, else the stable version. */
function usualApiVersion(view: View, entry: Resource | undefined): string {
  if (entry) {
    return entry.apiVersion;
  }
  const counts = new Map<string, number>();
  for (const kind of documentOrder) {
    for (const { apiVersion } of view.all(kind)) {
      counts.set(apiVersion, (counts.get(apiVersion) ?? 0) + 1);
    }
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return most?.[0] ?? 'networking.istio.io/v1';
}
