import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { suite, test } from 'node:test';
import ts from 'typescript';

interface Layer {
  /** Layers below that this one may import; it may always import itself. */
  readonly may: readonly string[];
  readonly packages?: readonly string[];
}

const yamlUp = ['engine/text', 'engine/yaml'];
const structure = [...yamlUp, 'engine/source', 'engine/go', 'engine/schema'];
const documents = [...structure, 'engine/model'];
const world = [
  ...documents,
  'engine/validation',
  'engine/admission',
  'engine/reactive',
  'engine/workspace',
  'engine/mesh',
];
const answers = [...world, 'engine/traffic', 'engine/intent'];
const features = [
  'engine/rules',
  'engine/generate',
  'engine/graph',
  'engine/explain',
  'engine/audit',
  'engine/assist',
];
const engine = [...answers, ...features, 'engine'];

/** Bottom first. `import type` counts. */
const layers: { readonly [folder: string]: Layer } = {
  'engine/text': { may: [] },
  'engine/yaml': { may: ['engine/text'], packages: ['yaml', 'js-yaml'] },
  'engine/source': { may: yamlUp },
  'engine/go': { may: [] },
  'engine/schema': { may: [...yamlUp, 'engine/source', 'engine/go'], packages: ['@marcbachmann/cel-js'] },
  'engine/model': { may: structure },
  'engine/validation': { may: documents },
  'engine/admission': { may: [...documents, 'engine/validation'] },
  'engine/reactive': { may: ['engine/text'] },
  'engine/workspace': { may: [...documents, 'engine/admission', 'engine/reactive'], packages: ['picomatch'] },
  'engine/mesh': { may: [...documents, 'engine/reactive', 'engine/workspace'] },
  'engine/traffic': { may: world },
  'engine/intent': { may: [...world, 'engine/traffic'] },
  'engine/rules': { may: answers },
  'engine/generate': { may: answers },
  'engine/graph': { may: answers },
  'engine/explain': { may: answers },
  'engine/audit': { may: answers },
  'engine/assist': { may: answers },
  engine: { may: [...answers, ...features] },
  protocol: { may: [] },
  lsp: {
    may: [...engine, 'protocol'],
    packages: [
      'vscode-languageserver',
      'vscode-languageserver/node',
      'vscode-languageserver-textdocument',
      'picomatch',
      'node:',
    ],
  },
  cli: { may: [...engine, 'lsp'], packages: ['picomatch', 'node:'] },
  entry: { may: ['lsp', 'cli'], packages: ['vscode-languageserver/node'] },
};

const root = 'server/src';
const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:ts|mjs)$/.test(file))
    .map((file) => posix.join(folder, file.replaceAll('\\', '/')))
    .sort();

const ours = ['server/src', 'client', 'test', 'scripts'].flatMap(sources).concat('esbuild.mjs');
const read = (file: string): string => readFileSync(file, 'utf8');
const importsOf = (file: string): string[] =>
  ts.preProcessFile(read(file), true, true).importedFiles.map((it) => it.fileName);
/** The file a relative import means, without its ending. */
const targetOf = (file: string, target: string): string => posix.normalize(posix.join(dirname(file), target));

suite('layers', () => {
  test('an import of the server points down or stays in its layer', () => {
    const violations = sources(root).flatMap((file) => {
      const own = layerOf(file);
      const wrong = importsOf(file).filter((target) => !isAllowed(own, file, target));
      return wrong.map((target) => `${file} (${own}) imports ${target}`);
    });
    assert.deepEqual(violations, []);
  });

  test('the table itself only looks down', () => {
    const order = Object.keys(layers);
    for (const [name, { may }] of Object.entries(layers)) {
      const upward = may.filter((below) => order.indexOf(below) >= order.indexOf(name));
      assert.deepEqual(upward, [], `${name} looks up`);
    }
    for (const name of features) {
      assert.deepEqual(
        layers[name]!.may.filter((it) => features.includes(it)),
        [],
        `${name} knows a sibling`,
      );
    }
  });

  test('the client reaches the server through the protocol alone', () => {
    const packages = ['vscode', 'vscode-languageclient/node'];
    assert.deepEqual(
      outside('client/src', (it) => packages.includes(it) || it.startsWith('node:')),
      [],
    );
  });

  test('the page in the webview reaches nothing but the protocol', () => {
    assert.deepEqual(
      outside('client/webview', () => false),
      [],
    );
  });

  test('no file is part of an import cycle', () => {
    assert.deepEqual(cycles([...sources(root), ...sources('client')]), []);
  });
});

suite('house style', () => {
  test('no file is longer than 300 lines', () => {
    const long = ours.map((file) => [file, read(file).trimEnd().split('\n').length] as const);
    assert.deepEqual(
      long.filter(([file, lines]) => lines > 300 && !file.includes('/generated')),
      [],
    );
  });

  test('no function of the product is longer than 40 lines', () => {
    assert.deepEqual([...sources(root), ...sources('client')].flatMap(longFunctions), []);
  });

  test('no enum, no default export', () => {
    assert.deepEqual([...sources(root), ...sources('client')].flatMap(unwanted), []);
  });
});

function layerOf(file: string): string {
  const path = file.slice(root.length + 1).replace(/\.ts$/, '');
  if (/^protocol(?:\/|$)/.test(path)) {
    return 'protocol';
  }
  if (!path.includes('/')) {
    return 'entry';
  }
  const folders = Object.keys(layers).filter((it) => path.startsWith(`${it}/`));
  return folders.reduce((longest, it) => (it.length > longest.length ? it : longest), '');
}

function isAllowed(own: string, file: string, target: string): boolean {
  const layer = layers[own];
  if (!layer) {
    return false;
  }
  if (!target.startsWith('.')) {
    return (layer.packages ?? []).some((it) => target === it || (it.endsWith(':') && target.startsWith(it)));
  }
  const to = layerOf(`${targetOf(file, target)}.ts`);
  return to === own || layer.may.includes(to);
}

function outside(folder: string, isPackage: (name: string) => boolean): string[] {
  return sources(folder).flatMap((file) =>
    importsOf(file)
      .filter((target) => {
        const path = targetOf(file, target);
        const inside = path.startsWith(`${folder}/`) || /^server\/src\/protocol(?:\/|$)/.test(path);
        return target.startsWith('.') ? !inside : !isPackage(target);
      })
      .map((target) => `${file} imports ${target}`),
  );
}

/** Every cycle is told once, from the first file that meets it. */
function cycles(files: readonly string[]): string[] {
  const known = new Set(files);
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      found.push([...path.slice(path.indexOf(file)), file].join(' → '));
      return;
    }
    if (done.has(file)) {
      return;
    }
    for (const target of importsOf(file).filter((it) => it.startsWith('.'))) {
      const next = `${targetOf(file, target)}.ts`;
      if (known.has(next)) {
        visit(next, [...path, file]);
      }
    }
    done.add(file);
  };
  for (const file of files) {
    visit(file, []);
  }
  return found;
}

const parsed = (file: string): ts.SourceFile =>
  ts.createSourceFile(file, read(file), ts.ScriptTarget.ES2022, true);

function longFunctions(file: string): string[] {
  const source = parsed(file);
  const line = (position: number): number => source.getLineAndCharacterOfPosition(position).line + 1;
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const lines = line(node.getEnd()) - line(node.getStart()) + 1;
    if (ts.isFunctionLike(node) && lines > 40) {
      found.push(`${file}:${line(node.getStart())} has ${lines} lines`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function unwanted(file: string): string[] {
  return parsed(file).statements.flatMap((it) => {
    const isDefault =
      (ts.getCombinedModifierFlags(it as unknown as ts.Declaration) & ts.ModifierFlags.Default) !== 0;
    return ts.isEnumDeclaration(it) || ts.isExportAssignment(it) || isDefault
      ? [join(file, it.getText().slice(0, 40))]
      : [];
  });
}
