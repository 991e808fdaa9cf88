import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  type ParsedNode,
  type Scalar as ParsedScalar,
  parseAllDocuments,
  type YAMLError,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { behind, behindProperties, blockScalarEnd, placeOfEmptyKey } from './gaps';
import type { YamlAlias, YamlMap, YamlNode, YamlPair, YamlScalar, YamlSeq } from './node';
import { resolveScalar, shortTag } from './scalar';

export interface FullReading {
  readonly root: YamlNode | undefined;
  readonly errors: readonly YAMLError[];
  /** Set when nodes nested deeper than the limit were left out. */
  readonly tooDeepAt?: number;
}

/** Reads the first document of `text` that holds anything, and of broken text whatever can be read. */
export function readFull(text: string, maxDepth: number): FullReading {
  const parsed = parseAllDocuments<ParsedNode>(text, {
    schema: 'failsafe',
    keepSourceTokens: false,
    prettyErrors: false,
    uniqueKeys: false,
    resolveKnownTags: false,
    logLevel: 'silent',
  });
  const documents = 'empty' in parsed ? [] : parsed;
  const document = documents.find(holdsSomething);
  const builder = new TreeBuilder(text, maxDepth);
  const root = document?.contents ? builder.node(document.contents, inSequence) : undefined;
  const errors = documents
    .slice(0, document ? documents.indexOf(document) + 1 : undefined)
    .flatMap((it) => it.errors);
  return { root, errors, ...(builder.tooDeepAt !== undefined && { tooDeepAt: builder.tooDeepAt }) };
}

function holdsSomething(document: Document.Parsed<ParsedNode>): boolean {
  const { contents } = document;
  return contents !== null && !(isScalar(contents) && isNothing(contents));
}

type Draft<Node> = { -readonly [Key in keyof Node]: Node[Key] };

const inSequence = 0;
const asKey = 1;
const asValue = 2;
type Role = typeof inSequence | typeof asKey | typeof asValue;

const styles: Readonly<Record<string, YamlScalar['style']>> = {
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

class TreeBuilder {
  tooDeepAt: number | undefined;
  readonly #text: string;
  readonly #maxDepth: number;
  readonly #anchors = new Map<string, YamlNode>();
  #depth = 0;
  /** Everything before it has been read; indicators of what comes next stand behind it. */
  #cursor = 0;

  constructor(text: string, maxDepth: number) {
    this.#text = text;
    this.#maxDepth = maxDepth;
  }

  node(node: ParsedNode | null, role: Role): YamlNode {
    if (node === null || (isScalar(node) && isNothing(node))) {
      return this.#nothing(role);
    }
    if (isAlias(node)) {
      return this.#alias(node.source, node.range[0]);
    }
    if (isScalar(node)) {
      return this.#scalar(node);
    }
    if (this.#depth >= this.#maxDepth) {
      this.tooDeepAt ??= node.range[0];
      return this.#nothing(role);
    }
    this.#depth++;
    const collection = isMap(node)
      ? this.#map(node as YAMLMap.Parsed)
      : this.#sequence(node as YAMLSeq.Parsed);
    this.#depth--;
    return collection;
  }

  #nothing(role: Role): YamlScalar {
    const start = this.#placeOfNothing(role);
    this.#cursor = start;
    return { type: 'scalar', start, end: start, style: 'plain', value: null };
  }

  #placeOfNothing(role: Role): number {
    return role === asKey
      ? placeOfEmptyKey(this.#text, this.#cursor)
      : behind(this.#text, this.#cursor, role === asValue ? ':' : '-');
  }

  #scalar(node: ParsedScalar.Parsed): YamlScalar {
    const style = styles[node.type ?? ''] ?? 'plain';
    let [start, end] = node.range;
    if (start === end) {
      start = behindProperties(
        this.#text,
        this.#cursor,
        node.anchor !== undefined && node.tag !== undefined ? 2 : 1,
      );
      end = start;
    } else if (style === 'literal' || style === 'folded') {
      end = blockScalarEnd(this.#text, start, end);
    }
    this.#cursor = end;
    const scalar: Draft<YamlScalar> = { type: 'scalar', start, end, style, value: null };
    this.#setProperties(scalar, node);
    scalar.value = resolveScalar(String(node.value ?? ''), style, scalar.tag);
    return scalar;
  }

  #alias(name: string, start: number): YamlAlias {
    const end = start + 1 + name.length;
    this.#cursor = end;
    return { type: 'alias', start, end, name, target: this.#anchors.get(name) };
  }

  #map(node: YAMLMap.Parsed): YamlMap {
    const pairs: YamlPair[] = [];
    const [start, end] = node.range;
    const map: Draft<YamlMap> = { type: 'map', start, end, flow: node.flow === true, pairs };
    this.#setProperties(map, node);
    const bracketed = map.flow && this.#text[start] === '{' && !startsWithMap(node);
    this.#cursor = bracketed ? start + 1 : start;
    for (const { key, value } of node.items) {
      pairs.push({ key: this.node(key, asKey), value: this.node(value, asValue) });
    }
    if (bracketed) {
      this.#cursor = end;
    } else {
      map.start = pairs[0]?.key.start ?? start;
      map.end = this.#cursor;
    }
    return map;
  }

  #sequence(node: YAMLSeq.Parsed): YamlSeq {
    const items: YamlNode[] = [];
    const [start, end] = node.range;
    const sequence: Draft<YamlSeq> = { type: 'seq', start, end, flow: node.flow === true, items };
    this.#setProperties(sequence, node);
    this.#cursor = sequence.flow ? start + 1 : start;
    for (const item of node.items) {
      items.push(this.node(item, inSequence));
    }
    if (sequence.flow) {
      this.#cursor = end;
    } else {
      sequence.end = this.#cursor;
    }
    return sequence;
  }

  /** Anchors are known before the children of their node are read, so a node may contain itself. */
  #setProperties(node: Draft<YamlNode>, { anchor, tag }: { anchor?: string; tag?: string }): void {
    if (tag !== undefined) {
      node.tag = shortTag(tag.startsWith('!') ? tag : `!<${tag}>`);
    }
    if (anchor !== undefined) {
      node.anchor = anchor;
      this.#anchors.set(anchor, node);
    }
  }
}

/** `[{a: 1}: b]` holds a map without braces, though a brace stands at its start. */
function startsWithMap(node: YAMLMap.Parsed): boolean {
  const first = node.items[0]?.key;
  return isMap(first) && first.range?.[0] === node.range[0];
}

function isNothing(node: ParsedScalar.Parsed): boolean {
  return node.range[0] === node.range[1] && node.anchor === undefined && node.tag === undefined;
}
