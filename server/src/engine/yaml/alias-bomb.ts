import type { YamlAlias, YamlNode, YamlProblem } from './node';

/**
 * A few lines of aliases can stand for billions of values. go-yaml counts the values it has made and gives up
 * when too large a share of them came out of aliases; the larger the document, the smaller the share.
 */
export function aliasBomb(root: YamlNode): YamlProblem | undefined {
  const counter = new Counter();
  const { values, repeated } = counter.count(root);
  const share = repeated / values;
  if (!counter.first || repeated <= 100 || values <= 1000 || share <= allowedShare(values)) {
    return undefined;
  }
  const { start, end } = counter.first;
  const number = values > 1e6 ? 'more than a million' : String(values);
  return {
    code: 'alias-bomb',
    message: `Written out, the aliases of this document make ${number} values, and the API server refuses that; repeat less, or write it out`,
    span: { start, end },
  };
}

function allowedShare(values: number): number {
  const over = Math.min(Math.max(values - fewValues, 0) / (manyValues - fewValues), 1);
  return 0.99 - 0.89 * over;
}

const fewValues = 400_000;
const manyValues = 4_000_000;

interface Count {
  readonly values: number;
  /** Those of them that an alias stands for. */
  readonly repeated: number;
}

class Counter {
  /** The alias that stands for most, and of equal ones the first. */
  first: YamlAlias | undefined;
  #largest = 0;
  readonly #counts = new Map<YamlNode, Count>();

  count(node: YamlNode): Count {
    if (node.type === 'scalar') {
      return one;
    }
    if (node.type === 'alias') {
      return this.#alias(node);
    }
    const known = this.#counts.get(node);
    if (known) {
      return known;
    }
    // A node that contains itself is another problem; here it only has to end.
    this.#counts.set(node, one);
    let values = 1;
    let repeated = 0;
    for (const child of node.type === 'seq' ? node.items : node.pairs.flatMap((it) => [it.key, it.value])) {
      const count = this.count(child);
      values += count.values;
      repeated += count.repeated;
    }
    const count = { values, repeated };
    this.#counts.set(node, count);
    return count;
  }

  #alias(alias: YamlAlias): Count {
    const repeated = alias.target ? this.count(alias.target).values : 0;
    if (repeated > this.#largest) {
      this.#largest = repeated;
      this.first = alias;
    }
    return { values: repeated + 1, repeated };
  }
}

const one: Count = { values: 1, repeated: 0 };
