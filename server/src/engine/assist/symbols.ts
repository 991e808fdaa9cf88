import type { Slot } from '../source/source';
import { type Span, span } from '../text/span';
import type { Scope } from '../workspace/scope';
import type { Path, YamlDocument, YamlNode } from '../yaml/node';
import { keyText, nodeAt, resolved, spanAt, stringAt } from '../yaml/walk';

export interface DocumentSymbol {
  /** `ServiceEntry default/cnn` for objects, the key or the name of an item below them. */
  readonly name: string;
  readonly detail?: string;
  readonly kind: 'object' | 'field' | 'item' | 'value';
  readonly span: Span;
  /** What is shown selected. */
  readonly selection: Span;
  readonly children: readonly DocumentSymbol[];
}

/** The objects of one document, with what people look for in them. */
export function documentSymbols(document: YamlDocument): readonly DocumentSymbol[] {
  const { root } = document;
  const list = resolved(nodeAt(root, ['items']));
  const isList = stringAt(root, 'kind') === 'List' && list?.type === 'seq';
  const objects = isList
    ? list.items.map((node, index) => ({ node, base: ['items', index] as Path }))
    : [{ node: root, base: [] as Path }];
  return objects.flatMap(({ node, base }) => objectSymbol(root, node, base) ?? []);
}

function objectSymbol(
  root: YamlNode | undefined,
  node: YamlNode | undefined,
  base: Path,
): DocumentSymbol | undefined {
  const object = resolved(node);
  const kind = stringAt(object, 'kind');
  if (!node || object?.type !== 'map' || kind === undefined) {
    return undefined;
  }
  const name = stringAt(object, 'metadata', 'name');
  const namespace = stringAt(object, 'metadata', 'namespace');
  const at = name === undefined ? ['kind'] : ['metadata', 'name'];
  return {
    name: [kind, [namespace, name].filter((it) => it !== undefined).join('/')]
      .filter((it) => it !== '')
      .join(' '),
    detail: stringAt(object, 'apiVersion') ?? '',
    kind: 'object',
    span: span(node.start, node.end),
    selection: spanAt(root, [...base, ...at]),
    children: childrenOf(resolved(nodeAt(object, ['spec'])), 0),
  };
}

const maxDepth = 8;

function childrenOf(node: YamlNode | undefined, depth: number): readonly DocumentSymbol[] {
  if (depth > maxDepth) {
    return [];
  }
  if (node?.type === 'map') {
    return node.pairs.flatMap((pair) => {
      const name = keyText(pair);
      const end = Math.max(pair.key.end, pair.value.end);
      return name === undefined || name === ''
        ? []
        : [symbol(name, pair.value, span(pair.key.start, end), span(pair.key.start, pair.key.end), depth)];
    });
  }
  // Items that are plain texts are named by the key above them; a list of them would say everything twice.
  return node?.type === 'seq'
    ? node.items.flatMap((item, index) => {
        const own = resolved(item);
        return own?.type === 'map' || own?.type === 'seq'
          ? [
              symbol(
                itemName(own) ?? String(index),
                item,
                span(item.start, item.end),
                span(item.start, item.start),
                depth,
              ),
            ]
          : [];
      })
    : [];
}

function symbol(name: string, value: YamlNode, whole: Span, selection: Span, depth: number): DocumentSymbol {
  const own = resolved(value);
  const detail = own?.type === 'scalar' ? String(own.value ?? '') : summary(own);
  return {
    name,
    ...(detail !== '' && { detail }),
    kind: own?.type === 'scalar' ? 'value' : own?.type === 'seq' ? 'item' : 'field',
    span: whole,
    selection,
    // An alias shows what it stands for where that is written.
    children: value.type === 'alias' ? [] : childrenOf(own, depth + 1),
  };
}

/** Short lists of plain texts fit behind their key. */
function summary(node: YamlNode | undefined): string {
  if (node?.type !== 'seq') {
    return '';
  }
  const texts = node.items.flatMap((it) => {
    const item = resolved(it);
    return item?.type === 'scalar' ? String(item.value ?? '') : [];
  });
  return texts.length === node.items.length ? texts.join(', ') : '';
}

function itemName(node: YamlNode): string | undefined {
  const port = resolved(nodeAt(node, ['port', 'number']));
  return (
    stringAt(node, 'name') ??
    stringAt(node, 'destination', 'host') ??
    stringAt(node, 'port', 'name') ??
    (port?.type === 'scalar' ? String(port.value) : undefined)
  );
}

export interface WorkspaceSymbol {
  readonly name: string;
  readonly slot: Slot;
  /** From the root of the document. */
  readonly path: Path;
  readonly part: 'key' | 'value';
}

/** Objects whose name has the letters of `query` in this order. */
export function workspaceSymbols(scope: Scope, query: string): readonly WorkspaceSymbol[] {
  const found: WorkspaceSymbol[] = [];
  for (const slot of scope.slots()) {
    for (const { writtenKind, namespace, name, base } of scope.resourcesOf(slot)) {
      const shown = `${writtenKind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
      if (name !== '' && hasLetters(shown, query)) {
        found.push({ name: shown, slot, path: [...base, 'metadata', 'name'], part: 'value' });
      }
    }
  }
  return found;
}

function hasLetters(text: string, query: string): boolean {
  const lower = text.toLowerCase();
  let from = 0;
  for (const letter of query.toLowerCase().replaceAll(' ', '')) {
    from = lower.indexOf(letter, from) + 1;
    if (from === 0) {
      return false;
    }
  }
  return true;
}
