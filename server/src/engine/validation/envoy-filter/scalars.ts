import { parseDuration } from '../../go/duration';
import { isTime } from '../../go/time';
import { isBase64 } from '../../yaml/base64';

/** How istiod reads the values that are no messages: as `golang/protobuf/jsonpb` does. */
interface Scalar {
  /** What a message calls it. */
  readonly words: string;
  fits(value: unknown): boolean;
}

const integer = /^-?(?:0|[1-9]\d*)$/;
const decimal = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;
const notFinite = ['NaN', 'Infinity', '-Infinity'];

/** A number in quotes is read as the JSON between them, where null is as good as zero. */
function jsonIn(text: string): string {
  const json = text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
  return json === 'null' ? '0' : json;
}

const text: Scalar = { words: 'a text', fits: (value) => typeof value === 'string' };
const flag: Scalar = { words: '"true" or "false"', fits: (value) => typeof value === 'boolean' };
const number: Scalar = {
  words: 'a number',
  fits: (value) =>
    typeof value === 'number' ||
    (typeof value === 'string' && (decimal.test(jsonIn(value)) || notFinite.includes(value))),
};
const bytes: Scalar = {
  words: 'bytes in base64',
  fits: (value) => (typeof value === 'string' ? isBase64(value) : Array.isArray(value)),
};
const duration: Scalar = {
  words: 'a duration such as "1.5s"',
  fits: (value) => typeof value === 'string' && parseDuration(value) !== undefined,
};
const timestamp: Scalar = {
  words: 'a time such as "2026-01-31T12:00:00Z"',
  fits: (value) => typeof value === 'string' && isTime(value),
};
const list: Scalar = { words: 'a list', fits: Array.isArray };
const anything: Scalar = { words: 'a value', fits: () => true };

/** A whole number of so many bits, as a number or as a text. */
function whole(bits: number, signed: boolean): Scalar {
  const most = 2n ** BigInt(signed ? bits - 1 : bits);
  const least = signed ? -most : 0n;
  return {
    words: signed ? `a whole number of ${bits} bits` : `a whole number of ${bits} bits without a sign`,
    fits: (value) => {
      const written =
        typeof value === 'number' ? String(value) : typeof value === 'string' ? jsonIn(value) : '';
      const exact = integer.test(written) ? BigInt(written) : undefined;
      return exact !== undefined && exact >= least && exact < most;
    },
  };
}

const scalars: { readonly [type: string]: Scalar } = {
  string: text,
  StringValue: text,
  bool: flag,
  BoolValue: flag,
  int32: whole(32, true),
  uint32: whole(32, false),
  UInt32Value: whole(32, false),
  int64: whole(64, true),
  uint64: whole(64, false),
  UInt64Value: whole(64, false),
  float: number,
  FloatValue: number,
  double: number,
  DoubleValue: number,
  bytes,
  BytesValue: bytes,
  Duration: duration,
  Timestamp: timestamp,
  ListValue: list,
  Value: anything,
};

/** Nothing for messages and enums. */
export function scalarOf(type: string): Scalar | undefined {
  return Object.hasOwn(scalars, type) ? scalars[type] : undefined;
}
