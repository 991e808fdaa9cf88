import { standingAt } from '../../engine/assist/spot';
import { contains } from '../../engine/text/span';
import type { Path, YamlNode } from '../../engine/yaml/node';
import { childOf, keyText, resolved } from '../../engine/yaml/walk';

/** The path to what stands at an offset: a key, a value, or the deepest collection around it. */
export function pathAt(root: YamlNode | undefined, offset: number): Path {
  return standingAt(root, offset)?.path ?? collectionAt(root, offset);
}

function collectionAt(root: YamlNode | undefined, offset: number): Path {
  const node = resolved(root);
  if (node?.type === 'map') {
    const pair = node.pairs.find((it) => contains(it.value, offset));
    const name = pair && keyText(pair);
    return name === undefined ? [] : [name, ...collectionAt(childOf(node, name), offset)];
  }
  if (node?.type === 'seq') {
    const index = node.items.findIndex((it) => contains(it, offset));
    return index < 0 ? [] : [index, ...collectionAt(node.items[index], offset)];
  }
  return [];
}
