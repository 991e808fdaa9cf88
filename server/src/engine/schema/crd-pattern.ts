import { kindSchemas } from './schema';
import type { SchemaNode } from './schema-node';

const longestPattern = 300;
const longestText = 300;

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

const mostChoices = 4;

/**
 * Nothing is repeated inside of what is repeated, no more than two things are repeated by any number, and few things may
 * be there or not: every one of these multiplies what there is to try.
 */
function isSimple(source: string): boolean {
  const repeated = source.match(/[*+]|\{\d+,\d*\}/g) ?? [];
  const choices = source.replaceAll('(?', '(').match(/[?|]/g) ?? [];
  return (
    source.length <= longestPattern &&
    repeated.length <= 2 &&
    choices.length <= mostChoices &&
    !/\)[*+{]|\\\d/.test(source)
  );
}

function compiled(source: string): RegExp | undefined {
  try {
    return new RegExp(source, 'u');
  } catch {
    return undefined;
  }
}
