import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** A fenced example of a rule page. */
export interface Example {
  /** The rule the page is about. */
  readonly rule: string;
  readonly line: number;
  readonly source: string;
  /**
   * Words behind `yaml` that change how the example is run: `closed`, `strict`, `istioctl`, `no-stock`, `folders`, or
   * an Istio version such as `istio-1.26`.
   */
  readonly options: readonly string[];
  /** The same files after the preferred fix of every finding, from a `yaml fixed` fence right below. */
  readonly fixed: string | undefined;
}

const fences =
  /^```yaml(?<options>(?: (?!fixed)[\w.-]+)*)\n(?<source>[\s\S]*?)^```\n(?:\n*```yaml fixed\n(?<fixed>[\s\S]*?)^```\n)?/gm;

/** The fenced YAML of every rule page. A page's examples are its rule's tests. */
export function* pageExamples(root: string): Iterable<Example> {
  for (const page of pages(root)) {
    const text = readFileSync(page, 'utf8');
    for (const { index, groups } of text.matchAll(fences)) {
      yield {
        rule: ruleOf(root, page),
        line: text.slice(0, index).split('\n').length,
        source: groups!.source!,
        options: groups!.options!.trim().split(' ').filter(Boolean),
        fixed: groups!.fixed,
      };
    }
  }
}

export function ruleOf(root: string, page: string): string {
  return relative(root, page).slice(0, -'.md'.length).split(sep).join('/');
}

export function pages(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md') && !file.endsWith('README.md'))
    .map((file) => join(root, file))
    .sort();
}
