import type { Path } from '../yaml/node';

/**
 * A value of an object, and where it stands. It answers as istiod's decoder does: null is as good as absent, and
 * what is absent reads as empty, zero or false. Only objects whose structure is right are read through it.
 */
export class Part {
  readonly value: unknown;
  readonly #parent: Part | undefined;
  readonly #step: string | number;
  readonly #base: Path;

  private constructor(value: unknown, parent: Part | undefined, step: string | number, base: Path) {
    this.value = value;
    this.#parent = parent;
    this.#step = step;
    this.#base = base;
  }

  /** The object at `base` of its document. */
  static root(value: unknown, base: Path): Part {
    return new Part(value, undefined, '', base);
  }

  /** Steps from the document's root. */
  get path(): Path {
    return this.#parent ? [...this.#parent.path, this.#step] : this.#base;
  }

  /** The field `name`, set or not. */
  field(name: string): Part {
    const { value } = this;
    const own = isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    return new Part(own ?? undefined, this, name, this.#base);
  }

  /** The field `name` when it is set. */
  get(name: string): Part | undefined {
    const { value } = this;
    const own = isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    return own === undefined || own === null ? undefined : new Part(own, this, name, this.#base);
  }

  has(name: string): boolean {
    return isRecord(this.value) && Object.hasOwn(this.value, name) && (this.value[name] ?? null) !== null;
  }

  text(name: string): string {
    const own = this.#own(name);
    return typeof own === 'string' ? own : '';
  }

  number(name: string): number {
    const own = this.#own(name);
    return typeof own === 'number' ? own : 0;
  }

  flag(name: string): boolean {
    return this.#own(name) === true;
  }

  /** How many items or entries the field `name` has. */
  count(name: string): number {
    const own = this.#own(name);
    if (Array.isArray(own)) {
      return own.length;
    }
    return isRecord(own) ? Object.values(own).filter((it) => it !== null).length : 0;
  }

  /** The items of the list `name`. */
  items(name: string): readonly Part[] {
    const own = this.#own(name);
    if (!Array.isArray(own) || own.length === 0) {
      return none;
    }
    const list = new Part(own, this, name, this.#base);
    return own.map((item, index) => new Part(item, list, index, this.#base));
  }

  /** The entries of the map `name`. */
  entries(name: string): readonly (readonly [key: string, value: Part])[] {
    const map = this.get(name);
    return map && isRecord(map.value) ? map.children : [];
  }

  /** What is set in an object or a list, whatever its names. */
  get children(): readonly (readonly [step: string, value: Part])[] {
    const { value } = this;
    if (Array.isArray(value)) {
      return value.map((item, index) => [String(index), new Part(item, this, index, this.#base)] as const);
    }
    return isRecord(value)
      ? Object.entries(value)
          .filter(([, it]) => it !== null)
          .map(([name, it]) => [name, new Part(it, this, name, this.#base)] as const)
      : [];
  }

  /** The value as a text. */
  get asText(): string {
    return typeof this.value === 'string' ? this.value : '';
  }

  get asNumber(): number {
    return typeof this.value === 'number' ? this.value : 0;
  }

  #own(name: string): unknown {
    const { value } = this;
    return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
}

const none: readonly Part[] = [];

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
