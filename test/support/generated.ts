/** What the tables and page headers show of a rule. */
export interface Documented {
  readonly name: string;
  readonly istio?: string;
  readonly layer: string;
  readonly severity: string;
  readonly summary: string;
}

/** The line under a page's title, derived from the rule itself. */
export function pageHeader({ istio, layer, severity }: Documented): string {
  return `<!-- generated --> ${severity} · ${layer}${istio ? ` · the same as \`${istio}\` of istioctl` : ''}`;
}

export function ruleTable(rules: readonly Documented[]): string {
  const rows = [...rules].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    '# Rules',
    '',
    'This table is generated from the rules: `UPDATE=1 npm test` writes it.',
    'What istiod says of a document, istioctl repeats as `IST0106` where istiod refuses it and as `IST0133` where it warns.',
    '',
    '| Rule | Usual severity | Speaks for | istioctl | Reported when |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map(
      (it) =>
        `| [${it.name}](${it.name}.md) | ${it.severity} | ${it.layer} | ${it.istio ?? ''} | ${it.summary} |`,
    ),
    '',
  ].join('\n');
}
