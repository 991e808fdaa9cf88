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
  /** The value where it is an object. Nobody asks for names that every object has. */
  readonly #fields: Fields;

  private constructor(value: unknown, parent: Part | undefined, step: string | number, base: Path) {
    this.value = value;
    this.#parent = parent;
    this.#step = step;
    this.#base = base;
    this.#fields = isRecord(value) ? value : noFields;
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
    return new Part(this.#fields[name] ?? undefined, this, name, this.#base);
  }

  /** The field `name` when it is set. */
  get(name: string): Part | undefined {
    const value = this.#fields[name] ?? undefined;
    return value === undefined ? undefined : new Part(value, this, name, this.#base);
  }

  has(name: string): boolean {
    return (this.#fields[name] ?? undefined) !== undefined;
  }

  text(name: string): string {
    const value = this.#fields[name];
    return typeof value === 'string' ? value : '';
  }

  number(name: string): number {
    const value = this.#fields[name];
    return typeof value === 'number' ? value : 0;
  }

  flag(name: string): boolean {
    return this.#fields[name] === true;
  }

  /** How many items or entries the field `name` has. */
  count(name: string): number {
    const value = this.#fields[name];
    if (Array.isArray(value)) {
      return value.length;
    }
    return isRecord(value) ? Object.values(value).filter((it) => it !== null).length : 0;
  }

  /** The items of the list `name`. */
  items(name: string): readonly Part[] {
    const value = this.#fields[name];
    if (!Array.isArray(value) || value.length === 0) {
      return none;
    }
    const list = new Part(value, this, name, this.#base);
    return value.map((item, index) => new Part(item, list, index, this.#base));
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
}

type Fields = Readonly<Record<string, unknown>>;

const none: readonly Part[] = [];
const noFields: Fields = {};

export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
