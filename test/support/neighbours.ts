/** What was done, and the file that came of it. */
export type Way = readonly [what: string, name: string, text: string];

/** Changes of the text that mean nothing to the cluster. */
export function respelled(text: string): Way[] {
  const ways: Way[] = [
    ['returns', 'a.yaml', text.replace(/\r?\n/g, '\r\n')],
    ['comments around', 'a.yaml', `# before\n\n${text}${text.endsWith('\n') ? '' : '\n'}# after\n`],
    ['a marker before', 'a.yaml', `---\n${text}`],
    ['a stream', 'a.yaml', `---\n# nothing\n---\n${text}${text.endsWith('\n') ? '' : '\n'}---\n`],
    ['a byte order mark', 'a.yaml', `\uFEFF${text}`],
  ];
  if (!/[|>&*\t"'%]/.test(text)) {
    ways.push(['indented', 'a.yaml', text.replace(/^(?=.)/gm, '  ')]);
  }
  if (/^spec:$/m.test(text)) {
    ways.push(['an anchor', 'a.yaml', text.replace(/^spec:$/m, 'spec: &spec')]);
    ways.push(['a comment', 'a.yaml', text.replace(/^spec:$/m, 'spec: # of it\n\n# more\n')]);
  }
  return ways;
}

/** One object in several notations, whatever is said of it. */
export function rewritten(value: unknown): [Way, ...Way[]] {
  const json = JSON.stringify(value);
  return [
    ['JSON in YAML', 'a.yaml', json],
    ['JSON', 'a.json', json],
    ['JSON on lines', 'a.json', `${JSON.stringify(value, undefined, 2)}\n`],
    ['brackets', 'a.yaml', `${inBrackets(value)}\n`],
    ['blocks', 'a.yaml', `${inBlocks(value, 0).replace(/^\n/, '')}\n`],
    ['brackets in blocks', 'a.yaml', inBlocksOnce(value)],
    ['a merge', 'a.yaml', `<<: ${inBrackets(value)}\n`],
    ['tags and anchors', 'a.yaml', withProperties(value)],
  ];
}

function entries(value: object): [string, unknown][] {
  return Object.entries(value);
}

/** Texts are always in quotes, so that they stay texts. */
function inBrackets(value: unknown): string {
  if (Array.isArray(value)) {
    return `[ ${value.map(inBrackets).join(' , ')} ]`;
  }
  return isMap(value)
    ? `{ ${entries(value)
        .map(([key, it]) => `${JSON.stringify(key)}: ${inBrackets(it)}`)
        .join(' , ')} }`
    : scalar(value);
}

function inBlocks(value: unknown, indent: number): string {
  const start = `\n${' '.repeat(indent)}`;
  if (Array.isArray(value) && value.length > 0) {
    return value
      .map((it) => `${start}-${isCollection(it) ? inBlocks(it, indent + 2) : ` ${inBrackets(it)}`}`)
      .join('');
  }
  if (isMap(value) && entries(value).length > 0) {
    return entries(value)
      .map(
        ([key, it]) =>
          `${start}${JSON.stringify(key)}:${isCollection(it) ? inBlocks(it, indent + 1) : ` ${inBrackets(it)}`}`,
      )
      .join('');
  }
  return inBrackets(value);
}

function inBlocksOnce(value: unknown): string {
  return isMap(value)
    ? entries(value)
        .map(([key, it]) => `? ${JSON.stringify(key)}\n: ${inBrackets(it)}\n`)
        .join('')
    : inBrackets(value);
}

/** Every field with the tag that it has anyway, and an anchor. */
function withProperties(value: unknown): string {
  return isMap(value)
    ? entries(value)
        .map(
          ([key, it]) =>
            `${JSON.stringify(key)}: !!${tagOf(it)} &${key.replace(/\W/g, '') || 'k'} ${inBrackets(it)}\n`,
        )
        .join('')
    : inBrackets(value);
}

function tagOf(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  return Array.isArray(value)
    ? 'seq'
    : typeof value === 'object'
      ? 'map'
      : typeof value === 'string'
        ? 'str'
        : typeof value === 'boolean'
          ? 'bool'
          : Number.isInteger(value)
            ? 'int'
            : 'float';
}

function scalar(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

function isCollection(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : isMap(value) && entries(value).length > 0;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const scalars: readonly unknown[] = [
  '',
  'x',
  '*',
  '1',
  'true',
  null,
  true,
  false,
  0,
  -1,
  1.5,
  65536,
  2 ** 40,
  [],
  {},
  ['a'],
  { a: 'b' },
  '1s',
  'é',
  '%',
  'a b',
];

/** Changes, drops, renames, repeats or swaps one thing somewhere. */
export function changedValue(value: unknown, dice: () => number): unknown {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(dice() * items.length)]!;
  const copy: unknown = structuredClone(value);
  const places: { holder: Record<string, unknown> | unknown[]; key: string | number }[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      node.forEach((it, key) => {
        places.push({ holder: node, key });
        visit(it);
      });
    } else if (isMap(node)) {
      for (const key of Object.keys(node)) {
        places.push({ holder: node, key });
        visit(node[key]);
      }
    }
  };
  visit(copy);
  if (places.length === 0) {
    return copy;
  }
  const { holder, key } = pick(places);
  if (Array.isArray(holder)) {
    const index = key as number;
    pick([
      () => holder.splice(index, 1),
      () => holder.push(structuredClone(holder[index])),
      () => holder.reverse(),
      () => (holder[index] = pick(scalars)),
    ])();
  } else {
    const name = key as string;
    pick([
      () => delete holder[name],
      () => (holder[`${name}x`] = structuredClone(holder[name])),
      () => (holder[name] = pick(scalars)),
      () => (holder[name] = [holder[name]]),
    ])();
  }
  return copy;
}
