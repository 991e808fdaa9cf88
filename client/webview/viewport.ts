import { html } from './dom';
import { type Drawing, headHeight } from './picture';

const limits = { min: 0.3, max: 2.5 };
/** Smaller letters are not legible: then the picture scrolls instead. */
const smallestFit = 0.7;

/** Scrolls and zooms a drawing. */
export class Viewport {
  readonly root = html('div', { class: 'viewport' });
  /** Told after the zoom or the place has changed by hand. */
  onMoved: () => void = () => {};
  #drawing: Drawing | undefined;
  #size = { width: 0, height: 0 };
  #zoom: number | undefined;

  constructor() {
    this.root.addEventListener('scroll', () => this.onMoved());
    this.root.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    this.root.addEventListener('pointerdown', (event) => this.#drag(event));
    new ResizeObserver(() => this.#apply()).observe(this.root);
  }

  /** The zoom someone has chosen; without one the picture fits the width. */
  get zoom(): number | undefined {
    return this.#zoom;
  }

  get scroll(): { readonly left: number; readonly top: number } {
    return { left: this.root.scrollLeft, top: this.root.scrollTop };
  }

  show(drawing: Drawing, size: { readonly width: number; readonly height: number }): void {
    this.#drawing = drawing;
    this.#size = { width: size.width, height: size.height };
    this.root.replaceChildren(drawing.heads, drawing.root);
    this.#apply();
  }

  restore(zoom: number | undefined, { left, top }: { readonly left: number; readonly top: number }): void {
    this.#zoom = zoom;
    this.#apply();
    this.root.scrollTo(left, top);
  }

  zoomBy(factor: number): void {
    const { left, top, width, height } = this.root.getBoundingClientRect();
    this.#zoomAt(factor, left + width / 2, top + height / 2);
  }

  /** The width of the page again, whatever it becomes. */
  fitWidth(): void {
    this.#zoom = undefined;
    this.#apply();
    this.onMoved();
  }

  /** Everything at once, however small. */
  fitAll(): void {
    const { clientWidth, clientHeight } = this.root;
    const { width, height } = this.#size;
    this.#zoom = clamp(Math.min(clientWidth / width, clientHeight / (height + headHeight), 1));
    this.#apply();
    this.onMoved();
  }

  /** Scrolls as little as it takes to see the box of an item. */
  showItem(id: string): void {
    const box = this.#drawing?.items.get(id)?.getBoundingClientRect();
    const page = this.root.getBoundingClientRect();
    if (!box || page.width === 0) {
      return;
    }
    const top = page.top + headHeight * this.#scale();
    const beside = box.right < page.left + 20 || box.left > page.right - 20;
    const outside = box.bottom < top + 10 || box.top > page.bottom - 10;
    if (beside || outside) {
      this.root.scrollBy({
        left: beside ? box.left + box.width / 2 - page.left - page.width / 2 : 0,
        top: outside ? box.top + box.height / 2 - (top + page.bottom) / 2 : 0,
      });
    }
  }

  #scale(): number {
    const fit = (this.root.clientWidth || this.#size.width) / (this.#size.width || 1);
    return this.#zoom ?? Math.min(1, Math.max(smallestFit, fit));
  }

  #apply(): void {
    if (this.#drawing) {
      const scale = this.#scale();
      const { width, height } = this.#size;
      const { root, heads } = this.#drawing;
      resize(root, width * scale, height * scale);
      resize(heads, width * scale, headHeight * scale);
    }
  }

  #zoomAt(factor: number, x: number, y: number): void {
    const before = this.#scale();
    this.#zoom = clamp(before * factor);
    this.#apply();
    const page = this.root.getBoundingClientRect();
    const grown = this.#zoom / before - 1;
    this.root.scrollBy(
      (x - page.left + this.root.scrollLeft) * grown,
      (y - page.top + this.root.scrollTop) * grown,
    );
    this.onMoved();
  }

  #wheel(event: WheelEvent): void {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.#zoomAt(Math.exp(-event.deltaY / 300), event.clientX, event.clientY);
    }
  }

  /** The empty ground can be dragged. */
  #drag(start: PointerEvent): void {
    if (start.button !== 0 || (start.target as Element).closest('[data-id]')) {
      return;
    }
    const { left, top } = this.scroll;
    const move = (event: PointerEvent): void =>
      this.root.scrollTo(left + start.clientX - event.clientX, top + start.clientY - event.clientY);
    const end = (): void => {
      this.root.classList.remove('dragged');
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', end);
    };
    this.root.classList.add('dragged');
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end);
  }
}

const clamp = (zoom: number): number => Math.min(limits.max, Math.max(limits.min, zoom));

function resize(element: SVGSVGElement, width: number, height: number): void {
  element.setAttribute('width', String(Math.round(width)));
  element.setAttribute('height', String(Math.round(height)));
}
