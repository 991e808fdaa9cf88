import { choice, quoted } from '../../schema/words';
import { nearest } from '../../text/nearest';
import { isRecord, type Part } from '../part';
import { type Report, replacement } from '../report';
import { camelCase, type FieldType, fieldsOf, messageOf, valuesOf } from './messages';
import { scalarOf } from './scalars';
import { checkType } from './types';

const code = 'envoy-filter/value';
const maxDepth = 100;
const mostListed = 6;
const wellKnown = 'google.protobuf.';

/** A field that a message does not have: istiod leaves it out, with whatever is in it. */
export interface UnknownField {
  readonly at: Part;
  readonly name: string;
  readonly message: string;
}

/** What there is to say of a value beside what istiod refuses it for. */
export interface Doubts {
  /** Whether it does: then it warns of nothing. */
  readonly refuses: boolean;
  readonly unknown: readonly UnknownField[];
  /** Extensions that are only named. */
  readonly untyped: readonly Part[];
}

/** Reads the value of a patch as istiod does, field by field, and reports what it refuses. */
export function readMessage(value: Part, message: string, report: Report): Doubts {
  const reader = new Reader(report);
  reader.message(value, message, { depth: 0, isAlone: true });
  return reader;
}

/** Where a message stands. */
interface Place {
  readonly depth: number;
  /** No list, map or `Any` is above it: istiod looks for extensions without a type only there. */
  readonly isAlone: boolean;
}

class Reader {
  readonly unknown: UnknownField[] = [];
  readonly untyped: Part[] = [];
  refuses = false;
  readonly #report: Report;

  constructor(report: Report) {
    this.#report = report;
  }

  message(value: Part, message: string, place: Place): void {
    const fields = place.depth > maxDepth ? undefined : fieldsOf(message);
    if (!fields) {
      return;
    }
    for (const name of Object.keys(value.value as object)) {
      const at = value.field(name);
      const field = fields.get(name);
      if (!field) {
        this.unknown.push(...(name === '@type' ? [] : [{ at, name, message }]));
      } else if (value.has(name) && (camelCase(name) === name || !value.has(camelCase(name)))) {
        this.#field(at, name, field, place);
      }
    }
    if (place.isAlone && fields.has('typed_config') && !isTyped(value)) {
      this.untyped.push(value);
    }
  }

  #field(at: Part, name: string, { form, type, keys }: FieldType, place: Place): void {
    if (form === 'one') {
      this.#value(at, name, type, place);
    } else if (form === 'list' ? !Array.isArray(at.value) : !isRecord(at.value)) {
      this.#refuse(at, name, form === 'list' ? 'a list' : 'a map');
    } else {
      for (const [key, item] of at.children) {
        if (form === 'map' && !scalarOf(keys)!.fits(key)) {
          this.#refuse(item, name, `keys that are ${scalarOf(keys)!.words}`);
        }
        this.#value(item, name, type, { ...place, isAlone: false });
      }
    }
  }

  #value(at: Part, name: string, type: string, place: Place): void {
    const scalar = scalarOf(type);
    if (at.value === null) {
      return;
    }
    if (scalar) {
      if (!scalar.fits(at.value)) {
        this.#refuse(at, name, scalar.words);
      }
    } else if (type.startsWith('#')) {
      this.#enum(at, name, type.slice(1));
    } else if (!isRecord(at.value)) {
      this.#refuse(at, name, 'a map of fields');
    } else if (type === 'Any') {
      this.#any(at, name, place);
    } else {
      this.message(at, type, { ...place, depth: place.depth + 1 });
    }
  }

  #enum(at: Part, name: string, type: string): void {
    const values = valuesOf(type);
    if (typeof at.value === 'string' ? values.includes(at.value) : scalarOf('int32')!.fits(at.value)) {
      return;
    }
    if (typeof at.value !== 'string') {
      this.#refuse(at, name, 'the name of a value');
      return;
    }
    const better = nearest(at.value, values);
    const hint = better
      ? `did you mean ${quoted(better)}?`
      : values.length <= mostListed
        ? `it is ${choice(values)}`
        : `it is ${choice(values.slice(0, mostListed))} or another one`;
    this.refuses = true;
    this.#report.value(code, at, `Envoy knows no ${quoted(at.value)} for ${quoted(name)}; ${hint}`, {
      fixes: better ? [replacement(`Use ${quoted(better)}`, at, better)] : [],
    });
  }

  #any(at: Part, name: string, place: Place): void {
    const type = at.get('@type');
    if (!type) {
      this.refuses = true;
      this.#report.whole(code, at, `${quoted(name)} needs "@type", which says what it is`, { key: true });
    } else if (typeof type.value !== 'string') {
      this.#refuse(type, '@type', 'a text');
    } else if (checkType(type, this.#report)) {
      this.refuses = true;
    } else {
      this.#content(at, messageOf(type.asText), { depth: place.depth + 1, isAlone: false });
    }
  }

  /** The types of protobuf itself stand in a field of their own. */
  #content(any: Part, message: string, place: Place): void {
    const plain = message.startsWith(wellKnown) ? message.slice(wellKnown.length) : undefined;
    if (plain === undefined) {
      this.message(any, message, place);
    } else if (!isRecord(any.value) || !('value' in any.value)) {
      this.refuses = true;
      const text = `what is a ${quoted(message)} stands in a field "value", and there is none`;
      this.#report.whole(code, any.field('@type'), text);
    } else {
      this.#value(any.field('value'), 'value', plain, place);
    }
  }

  #refuse(at: Part, name: string, wanted: string): void {
    const what = typeof at.value === 'string' ? `, and ${quoted(at.value)} is none` : '';
    this.refuses = true;
    this.#report.value(code, at, `Envoy reads ${wanted} in ${quoted(name)}${what}`);
  }
}

function isTyped(extension: Part): boolean {
  return ['typed_config', 'typedConfig', 'config_discovery', 'configDiscovery'].some((it) =>
    extension.has(it),
  );
}
