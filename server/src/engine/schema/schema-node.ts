import type { StructureCode } from './structure-rules';

export type SchemaType = 'object' | 'map' | 'list' | 'string' | 'integer' | 'number' | 'boolean' | 'any';

/** What a value may be. Equal schemas share one node, so nodes can be compared by identity. */
export interface SchemaNode {
  readonly type: SchemaType;
  /** Whether null is a value of its own here; elsewhere the API server drops it. */
  readonly nullable?: boolean;
  /** An object whose content is nobody's business. */
  readonly open?: boolean;
  /** An object that may have other fields beside its own. */
  readonly lenient?: boolean;
  /** Of what may otherwise be anything: a whole number or a text. */
  readonly intOrString?: boolean;
  readonly fields?: ReadonlyMap<string, SchemaField>;
  readonly required?: readonly string[];
  /** Groups of fields of which at most one may be set. */
  readonly oneOf?: readonly (readonly string[])[];
  /** Schema of a list's items or a map's values. */
  readonly item?: SchemaNode;
  /** The field that no two items of the list may have in common. */
  readonly uniqueBy?: string;
  readonly values?: ReadonlyMap<string, EnumValue>;
  /** A duration is checked by a rule of its own, so it is a hint for readers only. */
  readonly format?: 'duration' | 'byte' | 'date-time';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: Pick<RegExp, 'source' | 'test'>;
  /** The pattern in words. */
  readonly patternText?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  /** The Istio version that checks the value's format or length first, where the field is older than that. */
  readonly checkedSince?: string;
  /** What must hold of the value as a whole. */
  readonly rules?: readonly SchemaRule[];
  /** Whether the value, or anything below it, has rules. */
  readonly ruled?: boolean;
}

/** A rule that the API server evaluates when all else is right. */
export interface SchemaRule {
  /** The condition in CEL. */
  readonly rule: string;
  /**
   * What a person is told when it does not hold. `{value}` is the value where the finding stands, `{name}` the
   * name of the value that the rule is about and `{owner}` its path.
   */
  readonly says: string;
  /** Another code than `schema/rule`, where the rule says what that code stands for. */
  readonly code?: StructureCode;
  /** Fields of the value that can be at fault; the one that is written last is the place. */
  readonly on?: readonly string[];
  /** Whether the value at the place can go. */
  readonly drop?: boolean;
  /** Whether a rule that gives no answer counts as kept: it may use what only the API server has. */
  readonly lenient?: boolean;
  /** The last Istio version that has the rule. */
  readonly until?: string;
}

interface Documented {
  readonly name: string;
  /** Empty where nobody has said anything. */
  readonly text: string;
  /** The Istio version that has it first, for what is younger than 1.24. */
  readonly since?: string;
  /** Accepted, but not meant to be written. */
  readonly unlisted?: boolean;
  readonly deprecated?: boolean;
}

export interface SchemaField extends Documented {
  readonly node: SchemaNode;
}

export type EnumValue = Documented;
