import { mkdirSync, writeFileSync } from 'node:fs';
import { compact } from './schema/compact.mjs';
import { applyOverlay, overlay } from './schema/overlay.mjs';
import { specsOfTypings } from './schema/typings.mjs';

// `npm run schema` writes what the engine knows of Istio's fields; `-- --print` shows it instead.

const file = new URL('../server/src/engine/schema/generated/istio.json', import.meta.url);

const kinds = Object.entries(overlay('kinds')).map(([kind, facts]) => ({ kind, ...facts }));
const trees = specsOfTypings(kinds.filter((it) => !it.handmade));
applyOverlay(trees);
const text = lines(compact(trees, kinds));

if (process.argv.includes('--print')) {
  process.stdout.write(text);
} else {
  mkdirSync(new URL('.', file), { recursive: true });
  writeFileSync(file, text);
}

/** One node, text or rule a line, so that a change of the schema is a change of a few lines. */
function lines({ kinds, nodes, texts, rules }) {
  const list = (items) => `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]`;
  const map = Object.entries(kinds).map(([kind, it]) => `${JSON.stringify(kind)}:${JSON.stringify(it)}`);
  return `{"kinds":{\n${map.join(',\n')}\n},\n"nodes":${list(nodes)},\n"texts":${list(texts)},\n"rules":${list(rules)}}\n`;
}
