import { Environment } from '@marcbachmann/cel-js';
import { parseDuration } from '../go/duration';
import { parseGoUrl } from '../go/url';

/** A value as CEL sees it. Whole numbers are `bigint`, which is what tells them from others. */
export type CelValue =
  | string
  | bigint
  | number
  | boolean
  | null
  | readonly CelValue[]
  | ReadonlyMap<string, CelValue>;

/** Whether `self` keeps the rule. As for the API server, a rule that fails to give an answer is not kept. */
export function holds(rule: string, self: CelValue, lenient = false): boolean {
  const program = compiled(rule);
  if (program.kept.has(self)) {
    return true;
  }
  const kept = isKept(program, self, lenient);
  if (kept && typeof self !== 'object' && program.kept.size < mostKept) {
    program.kept.add(self);
  }
  return kept;
}

/** Whether a rule is one at all, as far as can be told without running it. */
export function isRunnable(rule: string): boolean {
  try {
    compiled(rule);
    return true;
  } catch {
    return false;
  }
}

/** A rule ready to run, and scalars that are known to keep it: a mesh repeats its ports and durations. */
interface Program {
  readonly run: ReturnType<Environment['parse']>;
  readonly kept: Set<CelValue>;
}

const mostKept = 200;
const programs = new Map<string, Program>();

function isKept({ run }: Program, self: CelValue, lenient: boolean): boolean {
  try {
    const answer = run({ self });
    return answer === true || (lenient && answer !== false);
  } catch {
    return lenient;
  }
}

function compiled(rule: string): Program {
  let program = programs.get(rule);
  if (!program) {
    program = { run: environment().parse(withOurs(rule)), kept: new Set() };
    programs.set(rule, program);
  }
  return program;
}

/** The package takes more texts for durations and numbers than Go, and lets nobody replace a function. */
function withOurs(rule: string): string {
  return rule.replace(ourNames, (word, name) => (name === undefined ? word : `go_${name}`));
}

/** Texts are matched as well, so that nothing is replaced inside of them. */
const ourNames = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\b(duration|int)(?=\()/g;

let shared: Environment | undefined;

function environment(): Environment {
  shared ??= new Environment()
    .registerVariable('self', 'dyn')
    .registerType('Url', CelUrl)
    .registerFunction('isURL(string): bool', (text: string) => parseGoUrl(text, true) !== undefined)
    .registerFunction('url(string): Url', (text: string) => new CelUrl(text))
    .registerFunction('Url.getScheme(): string', (url: CelUrl) => url.scheme)
    .registerFunction('go_duration(string): int', (text: string) => parseDuration(text) ?? refuse(text))
    .registerFunction('go_int(string): int', (text: string) => parseInteger(text) ?? refuse(text));
  return shared;
}

class CelUrl {
  readonly scheme: string;

  constructor(text: string) {
    this.scheme = (parseGoUrl(text, true) ?? refuse(text)).scheme;
  }
}

function parseInteger(text: string): bigint | undefined {
  if (!/^[-+]?\d{1,40}$/.test(text)) {
    return undefined;
  }
  const number = BigInt(text);
  return BigInt.asIntN(64, number) === number ? number : undefined;
}

function refuse(text: string): never {
  throw new Error(text);
}
