import fs from 'node:fs';

/**
 * js-yaml keeps the state of a call in an object written as `{ ...defaults, ...options, input, … }`.
 *
 * On Node 20 every object that is written so gets a hidden class of its own once the code is hot, and whoever reads
 * thousands of short documents, a call each, waits three times as long. Here the names that are spread are written out.
 * It can go when Node 20 is not supported any more.
 */
export const oneShape = {
  name: 'one-shape',
  setup(build) {
    build.onLoad({ filter: /js-yaml[\\/]dist[\\/]js-yaml\.mjs$/ }, ({ path }) => ({
      contents: writtenOut(fs.readFileSync(path, 'utf8')),
      loader: 'js',
    }));
  },
};

function writtenOut(text) {
  const defaults = /\nvar DEFAULT_PARSER_OPTIONS = \{([^}]*)\}/.exec(text)?.[1] ?? '';
  const names = [...defaults.matchAll(/(\w+):/g)].map(([, name]) => name);
  const parts = text.split(/\.\.\.DEFAULT_PARSER_OPTIONS,\s*\.\.\.options,(?=\s*input:)/);
  if (names.length === 0 || parts.length !== 2) {
    throw new Error(
      'js-yaml makes the state of its parser otherwise now: see whether one-shape is still needed',
    );
  }
  return parts.join(
    names.map((name) => `${name}: options?.${name} ?? DEFAULT_PARSER_OPTIONS.${name},`).join('\n'),
  );
}
