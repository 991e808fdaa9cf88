export type StructureCode = keyof typeof structureRules;

/** What each code stands for: one sentence that says what is wrong. Each has a page in `engine/rules/schema`. */
export const structureRules = {
  'schema/enum': 'A field with a fixed set of values has another one.',
  'schema/list-type': 'Two items of a list that tells its items apart have the same key.',
  'schema/metadata': 'A name, namespace, label or annotation is not what Kubernetes allows.',
  'schema/newer-than-mesh': 'A kind, field or value came with a newer Istio than the mesh has.',
  'schema/one-of': 'Fields that exclude each other are set together.',
  'schema/pattern': 'A text has not the form its field demands.',
  'schema/range': 'A number is out of range, or a text, list or map is too short or too long.',
  'schema/required': 'A field that must be there is missing.',
  'schema/rule': 'Fields, or items of a list, contradict each other.',
  'schema/unknown-field': 'A field does not exist where it is written.',
  'schema/unknown-kind': "An API group of Istio's has no such kind.",
  'schema/unknown-version': 'A kind is not served under the apiVersion it is written with.',
  'schema/wrong-type': 'A value has another type than its field.',
} as const;
