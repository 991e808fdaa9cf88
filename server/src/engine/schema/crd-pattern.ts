import { kindSchemas } from './schema';
import type { SchemaNode } from './schema-node';

const longestPattern = 300;
const longestText = 500;

/**
 * A pattern of a CRD, in the words of the built-in schema where it is the same. Anybody can write one, and JavaScript
 * takes for ever over some, so of those that are not built in only the simple are run, and not on long texts.
 */
export function patternOf(source: string, like: SchemaNode | undefined): Partial<SchemaNode> {
  const builtIn = like?.pattern?.source === source ? like : known().get(source);
  if (builtIn?.pattern && builtIn.patternText !== undefined) {
    return { pattern: builtIn.pattern, patternText: builtIn.patternText };
  }
  const pattern = isSimple(source) ? compiled(source) : undefined;
  const test = (text: string): boolean => text.length > longestText || pattern!.test(text);
  return pattern ? { pattern: { source, test }, patternText: `what matches ${source}` } : {};
}

let patterns: ReadonlyMap<string, SchemaNode> | undefined;

/** Every built-in node with a pattern, by its source. */
function known(): ReadonlyMap<string, SchemaNode> {
  patterns ??= new Map([...kindSchemas.values()].flatMap((it) => [...patternsBelow(it.spec)]));
  return patterns;
}

function* patternsBelow(node: SchemaNode): Iterable<[string, SchemaNode]> {
  if (node.pattern) {
    yield [node.pattern.source, node];
  }
  for (const inner of node.item ? [node.item] : [...(node.fields?.values() ?? [])].map((it) => it.node)) {
    yield* patternsBelow(inner);
  }
}

/** Nothing is repeated inside of what is repeated, and no more than two things are repeated without end. */
function isSimple(source: string): boolean {
  const endless = source.match(/[*+]|\{\d+,\}/g) ?? [];
  return source.length <= longestPattern && endless.length <= 2 && !/\)[*+{]|\\\d/.test(source);
}

function compiled(source: string): RegExp | undefined {
  try {
    return new RegExp(source, 'u');
  } catch {
    return undefined;
  }
}
