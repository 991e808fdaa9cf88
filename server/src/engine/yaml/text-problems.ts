import { span } from '../text/span';
import type { YamlProblem } from './node';

/** What the API server refuses before it looks at the structure, wherever in the text it stands. */
export function textProblems(text: string): readonly YamlProblem[] {
  const problems: YamlProblem[] = [];
  if (unusual.test(text)) {
    problems.push(...controlCharacters(text));
  }
  if (text.includes('%')) {
    problems.push(...directives(text));
  }
  if (text.includes('---')) {
    problems.push(...crowdedMarkers(text));
  }
  return problems;
}

const unusual = /[^\t\n\r -~\u00A0-\uFFFD]/;

const control = /[^\P{Cc}\t\n\r\u0085]|[\uFFFE\uFFFF]/gu;

function* controlCharacters(text: string): Iterable<YamlProblem> {
  for (const { 0: character, index } of text.matchAll(control)) {
    const name = `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
    yield {
      code: 'not-in-go-yaml',
      message: `The invisible control character ${name} is not allowed in YAML; delete it, or write it as an escape in double quotes`,
      span: span(index, index + 1),
    };
  }
}

/** `kubectl` cuts a file at `---` before it reads the parts, so a directive always stands alone, which is an error. */
function* directives(text: string): Iterable<YamlProblem> {
  const first = directive.exec(text);
  if (first) {
    const start = first[0].length - first[1]!.length;
    yield {
      code: 'not-in-go-yaml',
      message: `Kubernetes reads no directives such as "${first[1]!.slice(0, 60)}"; remove the line`,
      span: span(start, first[0].length),
    };
  }
}

const directive = /^\uFEFF?(?:[ \t]*(?:#.*)?(?:\r\n|\n|\r))*(%.*)/;

function* crowdedMarkers(text: string): Iterable<YamlProblem> {
  for (let at = text.startsWith('---') ? 0 : next(text, 0); at >= 0; at = next(text, at)) {
    const rest = restOfMarker.exec(text.slice(at + 3, at + 400));
    if (rest) {
      const start = at + 3 + rest[1]!.length;
      yield {
        code: 'not-in-go-yaml',
        message: `On the line of "---" only a comment may follow, as kubectl cuts the file there; move "${rest[2]!.slice(0, 60)}" to the next line`,
        span: span(start, start + rest[2]!.length),
      };
    }
  }
}

function next(text: string, from: number): number {
  const at = text.indexOf('\n---', from);
  return at < 0 ? at : at + 1;
}

const restOfMarker = /^([ \t]*)([^\s#].*)/;
