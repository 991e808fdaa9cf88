// Builds what the product ships, and with --tests also what tests it.
//
//   node esbuild.mjs [--tests] [--watch]
import fs from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { fastJson } from './scripts/lib/fast-json.mjs';
import { filesUnder } from './scripts/lib/files.mjs';
import { oneShape } from './scripts/lib/one-shape.mjs';

const tests = process.argv.includes('--tests');
const watch = process.argv.includes('--watch');

const { version } = JSON.parse(fs.readFileSync('package.json', 'utf8'));

const node = {
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // The module builds of these packages let esbuild leave out what nobody calls.
  mainFields: ['module', 'main'],
  bundle: true,
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  // People read stack traces and reviewers read packages: names stay as they were written.
  minify: false,
  logLevel: 'warning',
  plugins: [fastJson, oneShape],
  define: { PRODUCT_VERSION: JSON.stringify(version) },
};

const product = [
  { ...node, entryPoints: { client: 'client/src/extension.ts' }, external: ['vscode'] },
  { ...node, entryPoints: { server: 'server/src/main.ts' } },
  { ...node, entryPoints: { cli: 'server/src/cli.ts' }, banner: { js: '#!/usr/bin/env node' } },
  {
    entryPoints: {
      webview: 'client/webview/main.ts',
      'trace-view': 'client/webview/trace/main.ts',
      'audit-view': 'client/webview/audit/main.ts',
    },
    platform: 'browser',
    format: 'iife',
    target: 'chrome120',
    bundle: true,
    outdir: 'dist',
    logLevel: 'warning',
  },
];

/** Tests keep their packages outside, so that they load what `npm ci` installed. */
const testNode = {
  ...node,
  packages: 'external',
  external: ['vscode'],
  outbase: 'test',
  sourcemap: 'inline',
};

function testBundles() {
  const sources = filesUnder('./test', (file) => file.endsWith('.test.ts')).map((file) => `./${file}`);
  const inEditor = (file) => file.startsWith(`./test${path.sep}vscode${path.sep}`);
  fs.rmSync('dist/test', { recursive: true, force: true });
  fs.rmSync('dist/test-vscode', { recursive: true, force: true });
  return [
    { ...testNode, entryPoints: sources.filter((file) => !inEditor(file)), outdir: 'dist/test' },
    {
      ...testNode,
      entryPoints: ['./test/vscode/index.ts', ...sources.filter(inEditor)],
      outbase: 'test/vscode',
      outdir: 'dist/test-vscode',
    },
  ];
}

async function start(bundle) {
  if (watch) {
    await (await esbuild.context(bundle)).watch();
  } else {
    await esbuild.build(bundle);
  }
}

// esbuild has printed what is wrong by the time a build fails.
const results = await Promise.allSettled([...product, ...(tests ? testBundles() : [])].map(start));
if (results.some((it) => it.status === 'rejected')) {
  process.exitCode = 1;
} else if (!watch) {
  fs.chmodSync('dist/cli.cjs', 0o755);
}
