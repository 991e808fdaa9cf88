import { readFileSync } from 'node:fs';
import { loadAll } from 'js-yaml';

// `node scripts/since.mjs 1.25=FILE 1.26=FILE …` compares the versions that the schema names with the CRDs of Istio
// releases: `git show 1.26.0:manifests/charts/base/files/crd-all.gen.yaml` in a clone of istio/istio gives such a file.

const schema = JSON.parse(
  readFileSync(new URL('../server/src/engine/schema/generated/istio.json', import.meta.url), 'utf8'),
);
const releases = process.argv.slice(2).map((it) => {
  const [version, file] = it.split('=');
  return { version, paths: crdPaths(readFileSync(file, 'utf8')) };
});
const complaints = releases.flatMap(({ version, paths }) => compare(version, paths));
process.stdout.write(complaints.map((it) => `${it}\n`).join('') || 'the versions agree\n');
process.exitCode = complaints.length > 0 ? 1 : 0;

function compare(version, paths) {
  const ours = schemaPaths(minorOf(version));
  const missing = [...paths].filter((path) => !ours.has(path)).map((it) => `${version} has ${it}`);
  const extra = [...ours].filter((path) => !paths.has(path)).map((it) => `${version} has no ${it}`);
  return [...missing, ...extra];
}

/** Every kind, field and value that the schema gives a mesh of that version. */
function schemaPaths(minor) {
  const paths = new Set();
  const isThere = ({ since } = {}) => since === undefined || minorOf(since) <= minor;
  const visit = (number, path) => {
    paths.add(path);
    const { fields, item, values, type } = schema.nodes[number];
    for (const [name, [child, , flags]] of Object.entries(fields ?? {})) {
      if (isThere(flags)) {
        visit(child, `${path}.${name}`);
      }
    }
    for (const [name, [, flags]] of Object.entries(values ?? {})) {
      if (isThere(flags)) {
        paths.add(`${path}=${name}`);
      }
    }
    if (item !== undefined) {
      visit(item, path + (type === 'map' ? '{}' : '[]'));
    }
  };
  for (const [kind, it] of Object.entries(schema.kinds)) {
    if (isThere(it)) {
      visit(it.spec, `${kind}.spec`);
    }
  }
  return paths;
}

/** The same of the CRDs, in every version they serve. */
function crdPaths(text) {
  const paths = new Set();
  const visit = (node, path) => {
    paths.add(path);
    (node.enum ?? []).forEach((it) => void paths.add(`${path}=${it}`));
    Object.entries(node.properties ?? {}).forEach(([name, it]) => void visit(it, `${path}.${name}`));
    if (node.items) {
      visit(node.items, `${path}[]`);
    }
    if (typeof node.additionalProperties === 'object') {
      visit(node.additionalProperties, `${path}{}`);
    }
  };
  for (const { spec } of loadAll(text).filter(Boolean)) {
    for (const { schema: version } of spec.versions) {
      visit(version.openAPIV3Schema.properties.spec, `${spec.names.kind}.spec`);
    }
  }
  return paths;
}

function minorOf(version) {
  return Number(version.split('.')[1]);
}
