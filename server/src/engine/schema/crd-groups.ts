import { list, record, texts, type Untyped } from './untyped';

/**
 * The groups of fields of which a schema lets only one be set. Istio's CRDs write them as a `oneOf` of the single
 * fields and of none of them; other uses of `oneOf` are not understood.
 */
export function groupsIn(schema: Untyped): readonly (readonly string[])[] {
  const all = [schema, ...list(schema.allOf).map(record)];
  return all.flatMap((it) => {
    const variants = list(it.oneOf).map(record);
    const groups = variants.map((variant) => texts(variant.required));
    const isChoice = variants.every((variant, index) => groups[index]?.length === 1 || isNone(variant));
    const names = groups.flat();
    return isChoice && names.length > 1 ? [names] : [];
  });
}

function isNone(variant: Untyped): boolean {
  const { anyOf } = record(variant.not);
  return list(anyOf).length > 0 && list(anyOf).every((it) => texts(record(it).required).length === 1);
}
