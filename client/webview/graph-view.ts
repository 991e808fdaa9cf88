import type { GraphPicture, GraphSpotResult } from '../../server/src/protocol';
import { entrance, neighbour } from './keyboard';
import { type Drawing, draw } from './picture';
import { Viewport } from './viewport';
import { waysThrough } from './ways';

/** What happens to a node or edge; the page decides what comes of it. */
export interface GraphEvents {
  /** It is told in full. */
  selected(id: string): void;
  /** Someone wants to go where it leads. */
  opened(id: string): void;
}

/** The picture, with mouse and keys. */
export class GraphView {
  readonly viewport = new Viewport();
  readonly #events: GraphEvents;
  #picture: GraphPicture | undefined;
  #drawing: Drawing | undefined;
  /** The item that Tab leads to. */
  #current: string | undefined;
  #spot: ReadonlySet<string> = new Set();

  constructor(events: GraphEvents) {
    this.#events = events;
    const { root } = this.viewport;
    root.addEventListener('click', (event) => this.#click(event));
    root.addEventListener('keydown', (event) => this.#key(event));
    root.addEventListener('focusin', (event) => this.#focused(idOf(event)));
    root.addEventListener('focusout', () => this.#mark('related', new Set()));
    root.addEventListener('pointerover', (event) => this.#hovered(idOf(event)));
    root.addEventListener('pointerleave', () => this.#hovered(undefined));
  }

  show(picture: GraphPicture): void {
    const focused = this.#drawing?.root.contains(document.activeElement) ? this.#current : undefined;
    this.#picture = picture;
    this.#drawing = draw(picture);
    this.viewport.show(this.#drawing, picture);
    const { items } = this.#drawing;
    this.#enter(this.#current !== undefined && items.has(this.#current) ? this.#current : entrance(picture));
    if (focused !== undefined) {
      items.get(focused)?.focus({ preventScroll: true });
    }
    this.#mark('spot', this.#spot);
  }

  /** What stands at the cursor of the editor. */
  showSpot({ nodes, edges }: GraphSpotResult): void {
    this.#spot = new Set([...nodes, ...edges]);
    this.#mark('spot', this.#spot);
    const [first] = [...nodes, ...edges];
    if (first !== undefined) {
      this.viewport.showItem(first);
    }
  }

  select(id: string | undefined): void {
    this.#mark('selected', new Set(id === undefined ? [] : [id]));
  }

  focus(id = this.#current): void {
    if (id !== undefined) {
      this.#drawing?.items.get(id)?.focus({ preventScroll: true });
      this.viewport.showItem(id);
    }
  }

  #click(event: MouseEvent): void {
    const id = idOf(event);
    if (id !== undefined) {
      this.#events.selected(id);
      this.#events.opened(id);
    }
  }

  #key(event: KeyboardEvent): void {
    const id = idOf(event);
    if (id === undefined || !this.#picture || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const zoom = { '+': 1.25, '=': 1.25, '-': 0.8 }[event.key];
    const next = neighbour(this.#picture, id, event.key);
    if (event.key === 'Enter' || event.key === ' ') {
      this.#events.opened(id);
    } else if (zoom !== undefined) {
      this.viewport.zoomBy(zoom);
    } else if (event.key === '0') {
      this.viewport.fitWidth();
    } else if (next !== undefined) {
      this.focus(next);
    } else if (!event.key.startsWith('Arrow')) {
      return;
    }
    event.preventDefault();
  }

  #focused(id: string | undefined): void {
    if (id === undefined) {
      return;
    }
    this.#enter(id);
    this.#hovered(id);
    // A press of the mouse gives the focus too; the click that follows must find everything in its place.
    if (this.#drawing?.items.get(id)?.matches(':focus-visible')) {
      this.#events.selected(id);
    }
  }

  #hovered(id: string | undefined): void {
    const ids = id === undefined || !this.#picture ? new Set<string>() : waysThrough(this.#picture, id);
    this.#mark('related', ids);
  }

  /** Exactly one item can be reached with Tab. */
  #enter(id: string | undefined): void {
    const items = this.#drawing?.items;
    items?.get(this.#current ?? '')?.setAttribute('tabindex', '-1');
    items?.get(id ?? '')?.setAttribute('tabindex', '0');
    this.#current = id;
  }

  #mark(name: string, ids: ReadonlySet<string>): void {
    for (const [id, element] of this.#drawing?.items ?? []) {
      element.classList.toggle(name, ids.has(id));
    }
  }
}

function idOf({ target }: Event): string | undefined {
  const item = target instanceof Element ? target.closest('[data-id]') : undefined;
  return item?.getAttribute('data-id') ?? undefined;
}
