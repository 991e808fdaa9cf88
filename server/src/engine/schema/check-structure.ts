import type { Path, YamlDocument, YamlNode } from '../yaml/node';
import { childOf, resolved, stringAt } from '../yaml/walk';
import { identify } from './check-identity';
import { checkMetadata } from './check-metadata';
import { checkRules } from './check-rules';
import { checkValue } from './check-value';
import type { StructureContext, StructureFinding, Walk } from './structure-finding';

export type { StructureContext, StructureFinding, StructureFix } from './structure-finding';

/**
 * What the API server would say to one document: structure first, then metadata, then the rules in CEL. A
 * `kind: List` is judged item by item. Objects that are not Istio's are not ours to judge.
 */
export function checkStructure(
  document: YamlDocument,
  context: StructureContext,
): readonly StructureFinding[] {
  const root = resolved(document.root);
  if (!root || context.partial === 'fragment') {
    return [];
  }
  const items = stringAt(root, 'kind') === 'List' ? resolved(childOf(root, 'items')) : undefined;
  if (items?.type === 'seq') {
    return items.items.flatMap((item, index) => checkObject(document, context, item, ['items', index]));
  }
  return checkObject(document, context, root, []);
}

/** `written` is an item of a List, or the document itself. */
function checkObject(
  document: YamlDocument,
  context: StructureContext,
  written: YamlNode,
  base: Path,
): readonly StructureFinding[] {
  const object = resolved(written);
  if (object?.type !== 'map') {
    return [];
  }
  const { schema, findings } = identify(object, base, context);
  if (!schema) {
    return findings;
  }
  const walk: Walk = {
    document,
    context,
    base: base.length,
    root: schema.body,
    path: [...base],
    findings: [...findings],
  };
  checkValue(walk, object, schema.body);
  checkMetadata(walk, object);
  checkRules(walk, object, schema.body);
  return walk.findings;
}
