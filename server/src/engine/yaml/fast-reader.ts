import {
  type AliasEvent,
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  parseEvents,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml';
import { behind, behindBracket, blockHeader, blockScalarEnd, placeOfEmptyKey } from './gaps';
import type { YamlAlias, YamlMap, YamlNode, YamlPair, YamlScalar, YamlSeq } from './node';
import { resolveScalar, shortTag } from './scalar';

/**
 * Reads the first document of `text` that holds anything. Made for clean text, it throws on the first error.
 * The events of js-yaml come in the order of the text, so one pass over them builds the tree.
 */
export function readFast(text: string, maxDepth: number): YamlNode | undefined {
  const builder = new TreeBuilder(text, parseEvents(text, { maxDepth }));
  return builder.firstRoot();
}

type Draft<Node> = { -readonly [Key in keyof Node]: Node[Key] };

interface Properties {
  readonly anchorStart: number;
  readonly anchorEnd: number;
  readonly tagStart: number;
  readonly tagEnd: number;
}

const inSequence = 0;
const asKey = 1;
const asValue = 2;
type Role = typeof inSequence | typeof asKey | typeof asValue;

const styles: readonly YamlScalar['style'][] = ['plain', 'plain', 'single', 'double', 'literal', 'folded'];

class TreeBuilder {
  readonly #text: string;
  readonly #events: readonly Event[];
  readonly #anchors = new Map<string, YamlNode>();
  // Children collect here until their parent is complete: lists of the exact length are half as large as grown ones.
  readonly #pairs: YamlPair[] = [];
  readonly #items: YamlNode[] = [];
  /** The event to read next. */
  #next = 0;
  /** Everything before it has been read; indicators of what comes next stand behind it. */
  #cursor = 0;

  constructor(text: string, events: readonly Event[]) {
    this.#text = text;
    this.#events = events;
  }

  firstRoot(): YamlNode | undefined {
    while (this.#next < this.#events.length) {
      this.#next++;
      const event = this.#events[this.#next]!;
      if (!isNothing(event)) {
        return this.#node(inSequence);
      }
      this.#next += 2;
    }
    return undefined;
  }

  #node(role: Role): YamlNode {
    const event = this.#events[this.#next++]!;
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return this.#scalar(event, role);
      case EVENT_ID.MAPPING:
        return this.#map(event);
      case EVENT_ID.SEQUENCE:
        return this.#sequence(event);
      default:
        return this.#alias(event as AliasEvent);
    }
  }

  #scalar(event: ScalarEvent, role: Role): YamlScalar {
    const { valueStart, valueEnd } = event;
    const style = styles[event.style]!;
    let start = valueStart;
    let end = valueEnd;
    if (valueStart < 0) {
      start = this.#placeOfNothing(event, role);
      end = start;
    } else if (style === 'single' || style === 'double') {
      start--;
      end++;
    } else if (style !== 'plain') {
      start = blockHeader(this.#text, Math.max(this.#cursor, event.anchorEnd, event.tagEnd));
      end = blockScalarEnd(this.#text, start, valueEnd);
    }
    this.#cursor = end;
    const content = event.fast ? this.#text.slice(valueStart, valueEnd) : getScalarValue(this.#text, event);
    if (event.anchorStart < 0 && event.tagStart < 0) {
      return { type: 'scalar', start, end, style, value: resolveScalar(content, style) };
    }
    const scalar: Draft<YamlScalar> = { type: 'scalar', start, end, style, value: null };
    this.#setProperties(scalar, event);
    scalar.value = resolveScalar(content, style, scalar.tag);
    return scalar;
  }

  #placeOfNothing(event: Properties, role: Role): number {
    if (event.anchorEnd >= 0 || event.tagEnd >= 0) {
      return Math.max(event.anchorEnd, event.tagEnd);
    }
    if (role === asKey) {
      return placeOfEmptyKey(this.#text, this.#cursor);
    }
    return behind(this.#text, this.#cursor, role === asValue ? ':' : '-');
  }

  #map(event: MappingEvent): YamlMap {
    const flow = event.style === COLLECTION_STYLE.FLOW;
    const map: Draft<YamlMap> = { type: 'map', start: event.start, end: 0, flow, pairs: [] };
    this.#setProperties(map, event);
    const bracketed = flow && this.#isBracketed(event);
    this.#cursor = bracketed ? event.start + 1 : event.start;
    const first = this.#pairs.length;
    while (this.#events[this.#next]!.type !== EVENT_ID.POP) {
      const key = this.#node(asKey);
      this.#pairs.push({ key, value: this.#node(asValue) });
    }
    map.pairs = this.#pairs.slice(first);
    this.#pairs.length = first;
    this.#next++;
    if (bracketed) {
      this.#cursor = behindBracket(this.#text, this.#cursor);
    } else {
      map.start = map.pairs[0]!.key.start;
    }
    map.end = this.#cursor;
    return map;
  }

  /** `[a: 1]` holds a map without braces, and so does `[{a: 1}: b]`, though a brace stands at its start. */
  #isBracketed(event: MappingEvent): boolean {
    const next = this.#events[this.#next]!;
    return this.#text[event.start] === '{' && !(next.type === EVENT_ID.MAPPING && next.start === event.start);
  }

  #sequence(event: SequenceEvent): YamlSeq {
    const flow = event.style === COLLECTION_STYLE.FLOW;
    const sequence: Draft<YamlSeq> = { type: 'seq', start: event.start, end: 0, flow, items: [] };
    this.#setProperties(sequence, event);
    this.#cursor = flow ? event.start + 1 : event.start;
    const first = this.#items.length;
    while (this.#events[this.#next]!.type !== EVENT_ID.POP) {
      const item = this.#node(inSequence);
      this.#items.push(flow ? this.#withLastColon(item) : item);
    }
    sequence.items = this.#items.slice(first);
    this.#items.length = first;
    this.#next++;
    if (flow) {
      this.#cursor = behindBracket(this.#text, this.#cursor);
    }
    sequence.end = this.#cursor;
    return sequence;
  }

  /** go-yaml reads `[2001:db8::]` as one text: only a colon in front of a space ends a key between brackets. */
  #withLastColon(item: YamlNode): YamlNode {
    const pair = item.type === 'map' && item.pairs.length === 1 ? item.pairs[0] : undefined;
    if (!pair || pair.key.start !== item.start || pair.key.type !== 'scalar' || pair.key.style !== 'plain') {
      return item;
    }
    const { start, end: colon, tag, anchor } = pair.key;
    const end = colon + 1;
    const isBare = tag === undefined && anchor === undefined && pair.value.start === pair.value.end;
    const written = this.#text.slice(start, end);
    const next = this.#text[end];
    if (!isBare || !written.endsWith(':') || written.includes('\n') || (next !== ',' && next !== ']')) {
      return item;
    }
    return { type: 'scalar', start, end, style: 'plain', value: resolveScalar(written, 'plain') };
  }

  #alias({ anchorStart, anchorEnd }: AliasEvent): YamlAlias {
    this.#cursor = anchorEnd;
    const name = this.#text.slice(anchorStart, anchorEnd);
    return { type: 'alias', start: anchorStart - 1, end: anchorEnd, name, target: this.#anchors.get(name) };
  }

  /** Anchors are known before the children of their node are read, so a node may contain itself. */
  #setProperties(node: Draft<YamlNode>, event: Properties): void {
    if (event.tagStart >= 0) {
      node.tag = shortTag(this.#text.slice(event.tagStart, event.tagEnd));
    }
    if (event.anchorStart >= 0) {
      node.anchor = this.#text.slice(event.anchorStart, event.anchorEnd);
      this.#anchors.set(node.anchor, node);
    }
  }
}

function isNothing(event: Event): boolean {
  return (
    event.type === EVENT_ID.SCALAR && event.valueStart < 0 && event.anchorStart < 0 && event.tagStart < 0
  );
}
