/**
 * The trees in few bytes: equal nodes, texts and rules are written once and named by their number. Children come
 * before their parents, so one pass reads it back.
 */
export function compact(trees, kinds) {
  const nodes = interner();
  const texts = interner();
  const rules = interner();
  texts.number('');

  const numberOf = ({ text: _, since: _since, deprecated: _deprecated, offered: _offered, ...node }) =>
    nodes.number(
      JSON.stringify({
        ...node,
        ...(node.required && { required: node.required.length > 0 ? node.required : undefined }),
        ...(node.item && { item: numberOf(node.item) }),
        ...(node.rules && { rules: node.rules.map((rule) => rules.number(JSON.stringify(rule))) }),
        ...(node.fields && { fields: mapValues(node.fields, (it) => [numberOf(it), ...about(it)]) }),
        ...(node.values && { values: mapValues(node.values, about) }),
      }),
    );
  const about = ({ text = '', since, deprecated, unlisted }) =>
    shortened([texts.number(text), { since, deprecated, unlisted }]);

  const entries = kinds.map(({ kind, handmade: _, ...facts }) => {
    const tree = trees.get(kind);
    return [kind, { ...facts, spec: numberOf(tree), text: texts.number(tree.text) }];
  });
  return {
    kinds: Object.fromEntries(entries),
    nodes: nodes.list.map((it) => JSON.parse(it)),
    texts: texts.list,
    rules: rules.list.map((it) => JSON.parse(it)),
  };
}

/** `[text, {…}]` without what says nothing. */
function shortened([text, flags]) {
  const hasFlags = Object.values(flags).some((flag) => flag !== undefined);
  return hasFlags ? [text, flags] : text > 0 ? [text] : [];
}

function interner() {
  const numbers = new Map();
  return {
    list: [],
    number(value) {
      let number = numbers.get(value);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(value, number);
        this.list.push(value);
      }
      return number;
    },
  };
}

function mapValues(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
