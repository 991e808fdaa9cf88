import { span } from '../text/span';
import { aliasBomb } from './alias-bomb';
import { skipBlank } from './gaps';
import type {
  YamlAlias,
  YamlMap,
  YamlNode,
  YamlPair,
  YamlProblem,
  YamlProblemCode,
  YamlScalar,
} from './node';
import { isEndless, refusedScalar } from './scalar';
import { isMerge, keyText, resolved } from './walk';

/**
 * What the API server refuses in a text that is YAML: equal keys, unknown aliases, values JSON has no form
 * for, and the forms go-yaml cannot read. A document that is JSON goes another way in the cluster, so of it
 * only the keys are judged.
 */
export function treeProblems(text: string, root: YamlNode, json: boolean): YamlProblem[] {
  const judge = new Judge(text, json);
  judge.node(root, false);
  const bomb = judge.hasAlias && aliasBomb(root);
  return bomb ? [...judge.problems, bomb] : judge.problems;
}

class Judge {
  readonly problems: YamlProblem[] = [];
  hasAlias = false;
  readonly #text: string;
  readonly #json: boolean;
  readonly #hasBackslash: boolean;

  constructor(text: string, json: boolean) {
    this.#text = text;
    this.#json = json;
    this.#hasBackslash = !json && text.includes('\\');
  }

  node(node: YamlNode, inFlow: boolean): void {
    if (node.anchor !== undefined || node.tag !== undefined) {
      this.#properties(node);
    }
    switch (node.type) {
      case 'scalar':
        this.#scalar(node, inFlow);
        break;
      case 'alias':
        this.#alias(node);
        break;
      case 'map':
        this.#map(node);
        break;
      default:
        for (const item of node.items) {
          this.node(item, node.flow);
        }
    }
  }

  #map(map: YamlMap): void {
    const { pairs, flow } = map;
    let end = -1;
    for (const pair of pairs) {
      if (pair.key.type !== 'scalar' || !isEndless(pair.key.value)) {
        this.node(pair.key, flow);
      }
      this.node(pair.value, flow);
      if (!flow) {
        this.#blockPair(pair, end);
        end = Math.max(pair.key.end, pair.value.end);
      } else if (!this.#json) {
        this.#flowPair(pair);
      }
    }
    this.#keys(pairs);
  }

  /** The fast reader looks neither for the line of a key, behind brackets, nor for the line of its colon. */
  #blockPair({ key }: YamlPair, previousEnd: number): void {
    const text = this.#text;
    if (previousEnd >= 0 && key.start < key.end && !hasBreak(text, previousEnd, key.start)) {
      const written = short(text.slice(key.start, key.end));
      this.#add('syntax', key, `"${written}" is not expected here; a key starts on a line of its own`);
    } else if (text[key.end] !== ':') {
      const colon = skipBlank(text, key.end);
      if (text[colon] === ':' && hasBreak(text, key.end, colon) && !this.#isExplicit(key)) {
        this.#add('syntax', key, keyOnOneLine);
      }
    }
  }

  #keys(pairs: readonly YamlPair[]): void {
    const names = pairs.length > fewKeys ? new Set<string>() : undefined;
    for (let index = 0; index < pairs.length; index++) {
      const pair = pairs[index]!;
      if (isMerge(pair)) {
        this.#merge(pair);
        continue;
      }
      const name = keyText(pair);
      if (name === undefined || isNullKey(pair)) {
        this.#add('not-in-go-yaml', pair.key, this.#messageOfKey(pair));
        continue;
      }
      if (names ? names.has(name) : isAmong(pairs, index, name)) {
        const message = `The key "${short(name)}" is already set in this map, and the API server refuses to guess which one is meant; remove one of the two`;
        this.#add('duplicate-key', pair.key, message);
      }
      names?.add(name);
      if (pair.key.end - pair.key.start > longestKey && !this.#json && !this.#isExplicit(pair.key)) {
        this.#add('not-in-go-yaml', pair.key, tooLongKey);
      }
    }
  }

  #messageOfKey(pair: YamlPair): string {
    const { start, end } = pair.key;
    if (this.#text.startsWith('{', start) && '{}'.includes(this.#text.charAt(start - 1) || ' ')) {
      return 'A template that stands without quotes is read as a map inside a map; put the whole value in quotes';
    }
    if (resolved(pair.key)?.type === 'scalar') {
      return `A key must be a text, but ${start === end ? 'an empty key' : `"${this.#text.slice(start, end)}"`} is null; put the key in quotes`;
    }
    return 'A key must be a text, not a map or a list; Kubernetes has no field such a key could name';
  }

  #merge({ key, value }: YamlPair): void {
    const source = resolved(value);
    const all = source?.type === 'seq' && value.type === 'seq' ? source.items.map(resolved) : [source];
    if (all.some((from) => from !== undefined && from.type !== 'map')) {
      this.#add(
        'not-in-go-yaml',
        key,
        'Behind "<<" only a map, an alias of a map or a list of these can be merged',
      );
    }
  }

  #alias(alias: YamlAlias): void {
    const { name, target } = alias;
    this.hasAlias = true;
    if (target === undefined) {
      const message = plainName.test(name)
        ? `No anchor "&${name}" stands before this alias; define it further up, or put "*${name}" in quotes if it is meant as text`
        : `Without quotes "*${short(name)}" is read as an alias, because it starts with "*"; put it in quotes`;
      this.#add('unknown-alias', alias, message);
    } else if (target.start <= alias.start && alias.end <= target.end) {
      this.#add(
        'alias-bomb',
        alias,
        `The alias "*${name}" stands inside what it repeats, so it would never end; repeat something else`,
      );
    }
  }

  #properties({ anchor, tag, start, end }: YamlNode): void {
    if (this.#json) {
      return;
    }
    if (anchor !== undefined && !plainName.test(anchor)) {
      this.#add(
        'not-in-go-yaml',
        { start, end },
        `The anchor "&${short(anchor)}" may only have letters, digits, "-" and "_" in its name`,
      );
    }
    const next = start === end ? start : start - 1;
    const touches = next < this.#text.length && !' \t\r\n'.includes(this.#text[next]!);
    if (tag !== undefined && anchor === undefined && touches) {
      this.#add('not-in-go-yaml', { start, end }, `A space must follow the tag "${short(tag)}"`);
    }
  }

  #scalar(scalar: YamlScalar, inFlow: boolean): void {
    const { value, style, tag } = scalar;
    if (typeof value === 'string' && tag === undefined) {
      if (inFlow && style === 'plain' && !this.#json) {
        this.#plainInFlow(scalar);
      } else if (style === 'double' && this.#hasBackslash) {
        this.#escapes(scalar);
      }
      return;
    }
    const source = this.#text.slice(scalar.start, scalar.end);
    const refused = refusedScalar(value, tag, source);
    if (refused) {
      const written = short(source);
      this.#add(
        'not-in-go-yaml',
        scalar,
        refused === 'not-finite'
          ? `"${written}" is not a number in JSON, which Kubernetes turns all YAML into; write a finite number, or put it in quotes if it is meant as text`
          : `"${written}" is not what the tag "${tag}" promises; remove the tag or correct the value`,
      );
    }
  }

  /** Inside `{}` and `[]`, go-yaml takes `?` and a leading `:` for indicators wherever they stand. */
  #plainInFlow(scalar: YamlScalar): void {
    const { start, end } = scalar;
    const written = this.#text.slice(start, end);
    if (written.startsWith(':') || written.includes('?')) {
      const sign = written.startsWith(':') ? ':' : '?';
      this.#add(
        'not-in-go-yaml',
        scalar,
        `Inside "{}" and "[]" the "${sign}" cannot stand in a text without quotes; write "'${short(written)}'"`,
      );
    }
  }

  #escapes(scalar: YamlScalar): void {
    for (const { 0: written, index } of this.#text.slice(scalar.start, scalar.end).matchAll(escapes)) {
      const refused = refusedEscape(written);
      if (refused) {
        const start = scalar.start + index;
        this.#add('not-in-go-yaml', { start, end: start + written.length }, refused);
      }
    }
  }

  #flowPair({ key, value }: YamlPair): void {
    if (value.start === key.end && value.end === key.end) {
      return;
    }
    const colon = skipBlank(this.#text, key.end);
    if (this.#text[colon] !== ':') {
      return;
    }
    const next = this.#text[colon + 1];
    if (key.type === 'scalar' && key.style === 'plain' && next !== undefined && ',[]{}'.includes(next)) {
      this.#add(
        'not-in-go-yaml',
        { start: colon, end: colon + 1 },
        'A space must follow the colon; without it the key and its value are read as one text',
      );
    } else if (/[\r\n]/.test(this.#text.slice(key.start, colon)) && !this.#isExplicit(key)) {
      this.#add('not-in-go-yaml', key, keyOnOneLine);
    }
  }

  #isExplicit(key: YamlNode): boolean {
    return /\?\s+(?:[&!]\S*\s+)*$/.test(this.#text.slice(Math.max(0, key.start - 200), key.start));
  }

  #add(
    code: YamlProblemCode,
    { start, end }: { readonly start: number; readonly end: number },
    message: string,
  ): void {
    this.problems.push({ code, message, span: span(start, end) });
  }
}

const fewKeys = 12;
const longestKey = 1024;
const tooLongKey =
  'A key must not be longer than 1024 characters; the API server gives up looking for its colon';
const keyOnOneLine = 'A key and its colon must stand on one line';
const plainName = /^[0-9A-Za-z_-]+$/;
const escapes = /\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[\s\S])/g;

function refusedEscape(written: string): string | undefined {
  if (written === '\\/') {
    return 'The API server does not know the escape "\\/"; write "/" alone';
  }
  const code = written.length > 2 ? Number.parseInt(written.slice(2), 16) : 0;
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
    return `The API server does not know the escape "${written}", half of a character; write the character itself`;
  }
  return undefined;
}

function hasBreak(text: string, start: number, end: number): boolean {
  const at = text.indexOf('\n', start);
  return at >= 0 && at < end;
}

/** Whether one of the first `count` pairs has this key. Cheaper than a set for as few keys as maps have. */
function isAmong(pairs: readonly YamlPair[], count: number, name: string): boolean {
  for (let index = 0; index < count; index++) {
    const pair = pairs[index]!;
    if (keyText(pair) === name && !isMerge(pair)) {
      return true;
    }
  }
  return false;
}

function isNullKey(pair: YamlPair): boolean {
  const key = resolved(pair.key);
  return key?.type === 'scalar' && key.value === null;
}

function short(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}
