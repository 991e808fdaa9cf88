import type { YamlDocument, YamlNode } from '../yaml/node';
import { resolved, stringAt } from '../yaml/walk';

const operations = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test']);

/** Whether a document is a JSON 6902 patch: a list of operations on another object, and no object itself. */
export function isJsonPatch({ root }: YamlDocument): boolean {
  const list = resolved(root);
  return list?.type === 'seq' && list.items.length > 0 && list.items.every(isOperation);
}

function isOperation(node: YamlNode): boolean {
  return operations.has(stringAt(node, 'op') ?? '') && stringAt(node, 'path') !== undefined;
}
