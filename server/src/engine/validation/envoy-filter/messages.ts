import data from './messages.json';

/** What a field of a message holds. */
export interface FieldType {
  /** As protobuf and Envoy's documentation spell it. */
  readonly name: string;
  readonly form: 'one' | 'list' | 'map';
  /** A message by its full name, a scalar, a type of google.protobuf without that, or an enum behind `#`. */
  readonly type: string;
  /** The scalar that the keys of a map are. */
  readonly keys: string;
}

type Fields = ReadonlyMap<string, FieldType>;
/** `type: field field; type: field`, by package and name. Most are never asked for, so each is read when it is. */
type Written = Readonly<Record<string, Readonly<Record<string, string>>>>;

const packages: Written = data.messages;
const enums: Readonly<Record<string, string>> = data.enums;
const known = new Map<string, Fields>();

/** The fields of a message by both spellings, `connect_timeout` and `connectTimeout`. Nothing when it is not known here. */
export function fieldsOf(message: string): Fields | undefined {
  const fields = known.get(message) ?? readFields(message);
  if (fields) {
    known.set(message, fields);
  }
  return fields;
}

/** The message that an `@type` names. */
export function messageOf(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}

export const packageNames: readonly string[] = Object.keys(packages);

/** The names of the messages of a package, those inside others left out. */
export function messagesIn(namespace: string): readonly string[] {
  return Object.hasOwn(packages, namespace)
    ? Object.keys(packages[namespace]!).filter((it) => !it.includes('.'))
    : [];
}

/** The names of an enum's values. */
export function valuesOf(name: string): readonly string[] {
  return enums[name]?.split(' ') ?? [];
}

function readFields(message: string): Fields | undefined {
  const [, namespace = '', name = ''] = /^([a-z0-9_.]+)\.([A-Z].*)$/.exec(message) ?? [];
  const messages = Object.hasOwn(packages, namespace) ? packages[namespace]! : {};
  return Object.hasOwn(messages, name) ? new Map(entriesOf(messages[name]!)) : undefined;
}

function entriesOf(written: string): readonly (readonly [name: string, field: FieldType])[] {
  return written
    .split('; ')
    .filter((it) => it !== '')
    .flatMap((line) => {
      const [type, names] = line.split(': ') as [string, string];
      return names.split(' ').flatMap((name) => {
        const field = readType(name, type);
        return [[name, field] as const, [camelCase(name), field] as const];
      });
    });
}

function readType(name: string, written: string): FieldType {
  const [, form = '', keys = 'string', type = ''] = /^([*%]?)(?:(\w+):)?(.+)$/.exec(written)!;
  return { name, form: form === '*' ? 'list' : form === '%' ? 'map' : 'one', type, keys };
}

/** How JSON spells a field. */
export function camelCase(name: string): string {
  return name.replace(/_+(.)/g, (_, letter: string) => letter.toUpperCase());
}
