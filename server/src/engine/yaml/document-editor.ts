import type { TextEdit } from '../text/edit';
import { insertItem, insertPair, removeItem, removePair } from './block-edits';
import type { YamlEdit, YamlStyle, YamlValue } from './edit';
import { type FlowStyle, insertFlowItem, insertFlowPair, removeFlowItem, removeFlowPair } from './flow-edits';
import { isJson } from './json';
import type { Path, YamlDocument, YamlNode } from './node';
import { type Holder, isInFlow } from './places';
import { readYaml } from './read';
import { renameKey } from './rename-key';
import { replaceValue } from './replace-value';
import { holderAt, isMergedIn, ownPair, sharedAlias } from './sharing';
import { entriesOf, isFilled, isList, isObject, stringify } from './stringify';
import { styleOf } from './style';
import { TextDraft } from './text-draft';
import { compareItems, isSame, nested, written } from './values';
import { isMerge, keyText as nameOf, nodeAt, pairOf, plainValue, resolved } from './walk';

/** Does one edit after the other. After each step the text is read again, so every step sees true offsets. */
export class DocumentEditor {
  readonly #draft: TextDraft;
  readonly #style: YamlStyle;
  readonly #flow: FlowStyle;
  #root: YamlNode | undefined;

  constructor({ text, root }: YamlDocument) {
    this.#draft = new TextDraft(text);
    this.#style = styleOf(text);
    this.#flow = { json: isJson(text.replace(/^\uFEFF/, '')) };
    this.#root = root;
  }

  edits(): TextEdit[] {
    return this.#draft.edits();
  }

  edit(edit: YamlEdit): void {
    switch (edit.op) {
      case 'set':
        this.#set(edit.path, written(edit.value));
        break;
      case 'insert':
        this.#insert(edit.path, edit.index, written(edit.value));
        break;
      case 'remove':
        this.#remove(edit.path);
        break;
      default:
        this.#rename(edit.path, edit.key);
    }
  }

  #apply(edits: readonly TextEdit[]): void {
    this.#draft.apply(edits);
    this.#root = readYaml(this.#draft.text).root;
  }

  #set(path: Path, value: YamlValue): void {
    const root = this.#root;
    if (!root) {
      this.#apply([startDocument(this.#draft.text, nested(path, value), this.#style)]);
      return;
    }
    if (isSame(plainValue(nodeAt(root, path)), value)) {
      return;
    }
    this.#unshare(path, true);
    this.#own(path);
    const holder = holderAt(this.#root, path);
    if (holder) {
      this.#reconcile(path, holder, value);
      return;
    }
    for (let length = path.length - 1; length >= 0; length--) {
      const parent = holderAt(this.#root, path.slice(0, length));
      if (parent) {
        this.#add(parent, path[length]!, nested(path.slice(length + 1), value));
        return;
      }
    }
  }

  /** Changes what differs only, so that the rest of a map or list keeps its comments. */
  #reconcile(path: Path, holder: Holder, value: YamlValue): void {
    const { node } = holder;
    if (
      node.type === 'map' &&
      isObject(value) &&
      isFilled(value) &&
      node.pairs.length > 0 &&
      !node.pairs.some(isMerge)
    ) {
      const names = node.pairs.map(nameOf).filter((name): name is string => name !== undefined);
      for (const [key, member] of entriesOf(value)) {
        this.#set([...path, key], member);
      }
      for (const name of names.filter((it) => value[it] === undefined)) {
        this.#remove([...path, name]);
      }
    } else if (node.type === 'seq' && isList(value) && value.length > 0 && node.items.length > 0) {
      this.#reconcileItems(
        path,
        node.items.map((item) => plainValue(item)),
        value,
      );
    } else {
      this.#replace(holder, value);
    }
  }

  #reconcileItems(path: Path, old: readonly unknown[], value: readonly YamlValue[]): void {
    const { same, changed, removed, added } = compareItems(old, value);
    for (let index = same; index < same + changed; index++) {
      this.#set([...path, index], value[index]!);
    }
    for (let count = removed; count > 0; count--) {
      this.#remove([...path, same + changed + count - 1]);
    }
    for (let index = same + changed; index < same + changed + added; index++) {
      this.#insert(path, index, value[index]!);
    }
  }

  #insert(path: Path, index: number | undefined, value: YamlValue): void {
    const current = resolved(nodeAt(this.#root, path));
    if (current?.type !== 'seq') {
      if (current?.type !== 'map') {
        const kept = current?.type === 'scalar' && current.value !== null ? [current.value] : [];
        this.#set(path, [...kept, value]);
      }
      return;
    }
    this.#unshare(path, false);
    this.#own([...path, 0]);
    const holder = holderAt(this.#root, path);
    if (holder?.node.type === 'seq') {
      this.#addItem(holder, index ?? current.items.length, value);
    }
  }

  #add(parent: Holder, step: string | number, value: YamlValue): void {
    const { node } = parent;
    const { text } = this.#draft;
    if (node.type === 'seq') {
      if (typeof step === 'number') {
        this.#addItem(parent, step, value);
      }
    } else if (node.type === 'map' && (node.flow ? this.#isInFlow(parent) || node.pairs.length > 0 : true)) {
      this.#apply(
        node.flow
          ? insertFlowPair(text, node, String(step), value, this.#flow)
          : insertPair(text, node, String(step), value, this.#style),
      );
    } else {
      this.#replace(parent, nested([step], value));
    }
  }

  #addItem(holder: Holder, at: number, value: YamlValue): void {
    const { node } = holder;
    const { text } = this.#draft;
    if (node.type !== 'seq') {
      return;
    }
    const index = node.items[at] ? at : node.items.length;
    const fills = node.items.length === 0 && isFilled(value) && !this.#isInFlow(holder);
    if (fills) {
      this.#replace(holder, [value]);
    } else if (node.flow) {
      this.#apply(insertFlowItem(text, node, index, value, this.#flow));
    } else {
      this.#apply(insertItem(text, node, index, value, this.#style));
    }
  }

  #remove(path: Path): void {
    const step = path.at(-1);
    if (step === undefined || nodeAt(this.#root, path) === undefined) {
      return;
    }
    this.#unshare(path, true);
    this.#own(path);
    this.#ownMerged(path);
    const parentPath = path.slice(0, -1);
    for (let holder = holderAt(this.#root, path); holder; holder = holderAt(this.#root, path)) {
      this.#removeHeld(holder, parentPath);
      // Of two equal keys both go; of two items only the one asked for.
      if (holder.kind === 'item') {
        return;
      }
    }
  }

  #removeHeld(holder: Holder, parentPath: Path): void {
    const { text } = this.#draft;
    if (holder.kind === 'pair') {
      const { map, pair } = holder;
      const index = map.pairs.indexOf(pair);
      if (map.pairs.length === 1) {
        this.#replace(holderAt(this.#root, parentPath)!, {});
      } else {
        this.#apply(
          map.flow ? removeFlowPair(text, map, index) : removePair(text, map, index, map === this.#root),
        );
      }
    } else if (holder.kind === 'item') {
      const { seq, index } = holder;
      if (seq.items.length === 1) {
        this.#replace(holderAt(this.#root, parentPath)!, []);
      } else {
        this.#apply(seq.flow ? removeFlowItem(text, seq, index) : removeItem(text, seq, index));
      }
    }
  }

  #rename(path: Path, key: string): void {
    if (
      nodeAt(this.#root, path) === undefined ||
      nodeAt(this.#root, [...path.slice(0, -1), key]) !== undefined
    ) {
      return;
    }
    this.#unshare(path, false);
    this.#own(path);
    this.#ownMerged(path);
    const holder = holderAt(this.#root, path);
    if (holder?.kind === 'pair') {
      this.#apply([renameKey(holder, key, this.#flow)]);
    }
  }

  #replace(holder: Holder, value: YamlValue): void {
    this.#apply(replaceValue(this.#draft.text, holder, value, { block: this.#style, flow: this.#flow }));
  }

  #isInFlow(holder: Holder): boolean {
    return isInFlow(holder) || (holder.kind === 'root' && this.#flow.json);
  }

  /** Writes out every alias elsewhere that repeats what is about to change. */
  #unshare(path: Path, inside: boolean): void {
    for (let count = 0; count < maxAliases && this.#draft.text.includes('*'); count++) {
      const holder = this.#root && sharedAlias(this.#root, path, inside);
      if (!holder) {
        return;
      }
      this.#writeOut(holder);
    }
  }

  /** Makes sure that every map and list on the way to `path` is written where the path says. */
  #own(path: Path): void {
    for (let length = 0; length < path.length; length++) {
      const way = path.slice(0, length);
      const holder = holderAt(this.#root, way);
      if (holder?.node.type === 'alias') {
        this.#writeOut(holder);
      }
      const { node } = holderAt(this.#root, way) ?? {};
      if (node?.type === 'map' && length < path.length - 1) {
        this.#copyMerged(holderAt(this.#root, way)!, String(path[length]));
      }
    }
  }

  #copyMerged(holder: Holder, name: string): void {
    const { node } = holder;
    const merged = node.type === 'map' && !ownPair(node, name) && pairOf(node, name);
    if (merged) {
      this.#add(holder, name, plainValue(merged.value) as YamlValue);
    }
  }

  /** A key that comes from a merge can only be removed once everything merged is written out. */
  #ownMerged(path: Path): void {
    const way = path.slice(0, -1);
    const parent = holderAt(this.#root, way)?.node;
    const name = String(path.at(-1));
    if (parent?.type === 'map' && isMergedIn(parent, name)) {
      this.#unshare(way, true);
      const holder = holderAt(this.#root, way)!;
      this.#replace(holder, plainValue(holder.node) as YamlValue);
    }
  }

  #writeOut(holder: Holder): void {
    if (holder.node.type === 'alias') {
      this.#replace(holder, plainValue(holder.node) as YamlValue);
    }
  }
}

const maxAliases = 1000;

/** Gives a document that holds nothing its first value. */
function startDocument(text: string, value: YamlValue, style: YamlStyle): TextEdit {
  const before = text === '' || /[\r\n\uFEFF]$/.test(text) ? '' : style.eol;
  const end = text.length;
  return { span: { start: end, end }, insert: `${before}${stringify(value, style)}${style.eol}` };
}
