import { isRunnable } from './cel';
import { kindSchemas } from './schema';
import type { SchemaNode, SchemaRule } from './schema-node';
import { list, record, type Untyped } from './untyped';

const longestRule = 500;

/**
 * The rules of a node of a CRD, in the words of the built-in schema where they are the same. Anybody can write one, so
 * of those that are not built in only what ends soon is run: no regular expressions, and one walk over a list.
 */
export function rulesIn(schema: Untyped, like: SchemaNode | undefined): readonly SchemaRule[] {
  return list(schema['x-kubernetes-validations']).flatMap((it) => {
    const { rule, message } = record(it);
    if (typeof rule !== 'string') {
      return [];
    }
    const builtIn = like?.rules?.find((own) => isSame(own.rule, rule)) ?? known().get(bare(rule));
    if (builtIn) {
      const { until: _, ...kept } = builtIn;
      return [kept];
    }
    const says =
      typeof message === 'string' && message !== '' ? message : `it does not keep the rule ${rule}`;
    return isSimple(rule) && isRunnable(rule)
      ? [{ rule, says: `{owner} is refused by the CRD: ${says}`, lenient: true }]
      : [];
  });
}

let rules: ReadonlyMap<string, SchemaRule> | undefined;

function known(): ReadonlyMap<string, SchemaRule> {
  rules ??= new Map([...kindSchemas.values()].flatMap((it) => [...rulesBelow(it.spec)]));
  return rules;
}

function* rulesBelow(node: SchemaNode): Iterable<[string, SchemaRule]> {
  for (const rule of node.rules ?? []) {
    yield [bare(rule.rule), rule];
  }
  for (const inner of node.item ? [node.item] : [...(node.fields?.values() ?? [])].map((it) => it.node)) {
    yield* rulesBelow(inner);
  }
}

function isSame(a: string, b: string): boolean {
  return bare(a) === bare(b);
}

/** Versions of Istio write the same rule with other quotes and blanks. */
function bare(rule: string): string {
  return rule.replace(/'/g, '"').replace(/\s+/g, '');
}

/** Rules about what was there before do not hold for what is new. */
function isSimple(rule: string): boolean {
  const walks = rule.match(/\.(?:all|exists|exists_one|map|filter)\(/g) ?? [];
  return (
    rule.length <= longestRule && walks.length <= 1 && !/\b(?:oldSelf|matches|find|findAll)\b/.test(rule)
  );
}
