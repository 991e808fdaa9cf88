import type { Engine } from '../../engine/engine';
import type { Origin } from '../../engine/mesh/origin';
import type { Anchor } from '../../engine/model/finding';
import type { Slot } from '../../engine/source/source';
import type { PlainPlace } from '../../protocol';
import type { Shell } from '../shell';

/** Where something stands now, for pages that lead to it; nothing when its document is gone. */
export type ToPlace = (slot: Slot, at: Anchor) => PlainPlace | undefined;

export function placer(shell: Shell, engine: Engine): ToPlace {
  return (slot, at) => {
    const place = engine.place(slot, at);
    return place && { uri: place.uri, range: shell.positionsOf(place.uri).range(place.span) };
  };
}

export function placeOf(origin: Origin | undefined, toPlace: ToPlace): { readonly place?: PlainPlace } {
  const place = origin && toPlace(origin.resource.slot, { path: [...origin.resource.base, ...origin.path] });
  return place ? { place } : {};
}
