import { readFileSync } from 'node:fs';

const overlayDir = new URL('../../server/src/engine/schema/overlay/', import.meta.url);

export function overlay(name) {
  return JSON.parse(readFileSync(new URL(`${name}.json`, overlayDir), 'utf8'));
}

/** Adds to the trees what the typings do not say. Every entry has to hit something, so none outlives its field. */
export function applyOverlay(trees) {
  addFields(trees);
  trees.set('TrafficExtension', borrowed(overlay('traffic-extension'), trees));
  listValues(trees);
  for (const { since, at } of overlay('since').fields) {
    each(trees, at, (node) => Object.assign(node, { since }));
  }
  for (const { fact, at } of overlay('facts')) {
    each(trees, at, (node) => merge(node, fact));
  }
  for (const { at, ...rule } of overlay('rules')) {
    each(trees, at, (node) => Object.assign(node, { rules: [...(node.rules ?? []), rule] }));
  }
  for (const [pattern, words] of Object.entries(overlay('texts'))) {
    each(trees, [pattern], (node) => describe(node, words));
  }
}

function addFields(trees) {
  for (const { into, since, fields } of overlay('additions')) {
    each(trees, into, (node) => {
      for (const [name, field] of Object.entries(structuredClone(fields))) {
        node.fields[name] = { ...complete(field), since };
      }
    });
  }
  each(trees, ['EnvoyFilter.spec.configPatches[].patch.operation'], (node) => {
    node.values.MERGE_AND_REPLACE_LIST ??= {};
    node.offered.push('MERGE_AND_REPLACE_LIST');
  });
}

/** Values that the text keeps silent about are accepted, but not offered. */
function listValues(trees) {
  for (const { node } of places(trees)) {
    for (const name of node.offered ? Object.keys(node.values ?? {}) : []) {
      if (!node.offered.includes(name)) {
        node.values[name].unlisted = true;
      }
    }
  }
}

/** A tree written by hand, in which `like` stands for another field's tree. */
function borrowed(tree, trees) {
  const { like, ...own } = tree;
  const source = like && structuredClone(places(trees).find(({ path }) => path === like).node);
  const fields = own.fields && mapValues(own.fields, (field) => borrowed(field, trees));
  return complete({ ...source, ...own, ...(fields && { fields }) });
}

function complete(tree) {
  if (tree.type === 'object') {
    tree.required ??= [];
    tree.fields = mapValues(tree.fields ?? {}, complete);
  }
  if (tree.item) {
    complete(tree.item);
  }
  return tree;
}

/** Groups of fields that exclude each other add up; every other fact stands alone. */
function merge(node, { oneOf, ...fact }) {
  Object.assign(node, fact);
  if (oneOf) {
    node.oneOf = [...(node.oneOf ?? []), oneOf];
  }
}

function describe(node, words) {
  const { text, values, ...rest } = typeof words === 'string' ? { text: words } : words;
  Object.assign(node, text && { text }, rest);
  for (const [name, value] of Object.entries(values ?? {})) {
    node.values[name].text = value;
  }
}

/** Calls `change` for every place that one of the patterns names. */
function each(trees, patterns, change) {
  for (const pattern of patterns) {
    const expression = regexOf(pattern);
    const hits = places(trees).filter(({ path }) => expression.test(path));
    if (hits.length === 0) {
      throw new Error(`schema overlay: nothing is at ${pattern}`);
    }
    for (const { node } of hits) {
      change(node);
    }
  }
}

/** `**` stands for any steps; `[]` is an item, `{}` a map's value, `=NAME` a value of an enum. */
function regexOf(pattern) {
  const parts = pattern.split('**').map((part) => part.replace(/[.[\]{}=$]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}

/** Every node of every tree with its path, `Gateway.spec.servers[].port.number`. */
export function places(trees) {
  return [...trees].flatMap(([kind, tree]) => placesIn(tree, `${kind}.spec`));
}

function placesIn(node, path) {
  return [
    { path, node },
    ...Object.entries(node.values ?? {}).map(([name, value]) => ({ path: `${path}=${name}`, node: value })),
    ...Object.entries(node.fields ?? {}).flatMap(([name, field]) => placesIn(field, `${path}.${name}`)),
    ...(node.item ? placesIn(node.item, path + (node.type === 'map' ? '{}' : '[]')) : []),
  ];
}

function mapValues(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
