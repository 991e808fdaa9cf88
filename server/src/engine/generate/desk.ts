import type { Resource, Specs, TrafficKind } from '../model/resource';
import type { View } from '../workspace/view';
import { uniqueName } from './names';

/** One document of the route while it is worked on: one that is there, or one to be written. */
export interface Piece<K extends TrafficKind = TrafficKind> {
  readonly kind: K;
  readonly namespace: string;
  readonly name: string;
  /** The document it stands in, unless it is new. */
  readonly resource?: Resource<K>;
  /** What it shall say. */
  spec: Specs[K];
  /** What it is for, in a few words. */
  readonly purpose: string;
}

/** The documents of the route, each of them once, however many steps of the plan touch it. */
export class Desk {
  readonly #view: View;
  readonly #known = new Map<string, Piece>();
  readonly #fresh: Piece[] = [];

  constructor(view: View) {
    this.#view = view;
  }

  open<K extends TrafficKind>(resource: Resource<K>, purpose: string): Piece<K> {
    const { kind, namespace, name, spec } = resource as { kind: K } & Resource<K>;
    const key = `${resource.slot.id} ${resource.base.join()}`;
    const known =
      this.#known.get(key) ?? ({ kind, namespace, name, resource, spec, purpose } as unknown as Piece);
    this.#known.set(key, known);
    // Sound because the key belongs to one resource, and a resource has one kind.
    return known as unknown as Piece<K>;
  }

  write<K extends TrafficKind>(
    kind: K,
    namespace: string,
    wantedName: string,
    spec: Specs[K],
    purpose: string,
  ): Piece<K> {
    const name = uniqueName(
      wantedName,
      (it) =>
        this.#view.declares(kind, namespace, it) ||
        this.#fresh.some(
          (piece) => piece.kind === kind && piece.namespace === namespace && piece.name === it,
        ),
    );
    const piece: Piece<K> = { kind, namespace, name, spec, purpose };
    this.#fresh.push(piece as unknown as Piece);
    return piece;
  }

  /** The documents of a kind that the plan has written so far. */
  written<K extends TrafficKind>(kind: K): readonly Piece<K>[] {
    // Sound because every piece of the list has this kind.
    return this.#fresh.filter((it) => it.kind === kind) as unknown as readonly Piece<K>[];
  }

  /** In the order in which people write the kinds. */
  pieces(order: readonly TrafficKind[]): readonly Piece[] {
    const all = [...this.#known.values(), ...this.#fresh];
    return order.flatMap((kind) => all.filter((piece) => piece.kind === kind));
  }
}
