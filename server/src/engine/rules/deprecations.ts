/** Rules that say that something is old, and still works; the editor strikes out what they stand at. */
export const deprecations: ReadonlySet<string> = new Set([
  'istiod/deprecated-field',
  'istioctl/deprecated-annotation',
  'istioctl/deprecated-feature',
]);
