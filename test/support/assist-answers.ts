import assert from 'node:assert/strict';
import { complete } from '../../server/src/engine/assist/completion';
import type { CompletionItem } from '../../server/src/engine/assist/completion-item';
import { hover } from '../../server/src/engine/assist/hover';
import { definition, highlights, type Place, references } from '../../server/src/engine/assist/navigation';
import { prepareRename, rename } from '../../server/src/engine/assist/rename';
import { type LocatedSpot, spotAt } from '../../server/src/engine/assist/spot-at';
import {
  type DocumentSymbol,
  documentSymbols,
  workspaceSymbols,
} from '../../server/src/engine/assist/symbols';
import { Renderer } from '../../server/src/engine/render';
import { toFileEdits } from '../../server/src/engine/source/source-map';
import { applyEdits } from '../../server/src/engine/text/edit';
import { type Span, span } from '../../server/src/engine/text/span';
import { defaultSettings } from '../../server/src/engine/workspace/settings';
import { Workspace } from '../../server/src/engine/workspace/workspace';
import { spanAt } from '../../server/src/engine/yaml/walk';
import type { AssistCase } from './assist-cases';
import { expandSnippet } from './expand-snippet';
import type { Expectation, Marked } from './markers';

/** What a feature answers to a case, in the notation of its fixtures. */
export type AssistAnswer = (
  it: AssistCase,
  files: ReadonlyMap<string, Marked>,
) => {
  readonly found: ReadonlyMap<string, readonly Expectation[]>;
  readonly accepted: ReadonlyMap<string, string>;
};

export const answers: { readonly [folder: string]: AssistAnswer } = {
  completion: (it, files) => {
    const { workspace, path, located, crlf } = open(it, files);
    if (!located) {
      return { found: new Map(), accepted: new Map() };
    }
    const items = complete(located.spot);
    const expected = files.get(path)!.expected[0]?.message ?? '';
    return {
      found: new Map([[path, items.length === 0 ? [] : [offered(items, located, expected, crlf)]]]),
      accepted: new Map(
        [...it.accepted.keys()].map((label) => [label, accept(workspace, path, items, label, located)]),
      ),
    };
  },

  hover: (it, files) => {
    const { path, located, crlf } = openManifest(it, files);
    const answer = hover(located.spot);
    const lines = (answer?.markdown ?? '').split('\n').filter((line) => line !== '');
    const at = answer && inFile(answer.span, located, crlf);
    return {
      found: new Map([[path, lines.map((message) => ({ span: at!, code: 'hover', message }))]]),
      accepted: new Map(),
    };
  },

  navigation: (it, files) => {
    const { workspace, path, located, crlf } = openManifest(it, files);
    const { spot } = located;
    const found = new Found(workspace, crlf);
    definition(spot)?.targets.forEach((place) => void found.add(place, 'definition'));
    const all = references(spot);
    all.forEach((it) => void found.add(it, it.declaration ? 'declaration' : 'use'));
    const here = all.filter((it) => workspace.locate(it.slot)?.file.uri === path);
    const slots = workspace.file(path)!.entries.map((entry) => entry.slot);
    assert.deepEqual(highlights(spot, slots), here);
    return { found: found.byFile, accepted: new Map() };
  },

  rename: (it, files) => {
    const { workspace, path, located, crlf } = openManifest(it, files);
    const { spot } = located;
    const documentOf = (slot: Place['slot']) => workspace.locate(slot)?.entry.document.yaml;
    const prepared = prepareRename(spot);
    const result = rename(spot, it.input, documentOf);
    const at = 'refused' in prepared ? span(spot.offset, spot.offset + 1) : prepared.span;
    const message = 'refused' in result ? result.refused : `to ${it.input}`;
    const code = 'refused' in prepared ? 'refused' : 'refused' in result ? 'not-to' : 'rename';
    const edits =
      'refused' in result ? undefined : new Renderer(workspace).fix({ title: '', ...result })?.edits;
    const accepted = [...(edits ?? [])].map(([uri, list]): [string, string] => [
      uri,
      plain(applyEdits(workspace.file(uri)!.text, list)),
    ]);
    return {
      found: new Map([[path, [{ span: inFile(at, located, crlf), code, message }]]]),
      accepted: new Map(accepted.sort()),
    };
  },

  symbols: (it, files) => {
    const { workspace, crlf } = newWorkspace(it, files);
    const found = new Found(workspace, crlf);
    for (const uri of it.own.keys()) {
      for (const { slot, document } of workspace.file(uri)!.entries) {
        documentSymbols(document.yaml).forEach((symbol) => void found.addSymbol(slot, symbol, 0));
      }
    }
    for (const { scope } of workspace.scopes()) {
      workspaceSymbols(scope, it.input).forEach((symbol) => void found.add(symbol, 'workspace', symbol.name));
    }
    return { found: found.byFile, accepted: new Map() };
  },
};

/** Collects places of documents as places of files. */
class Found {
  readonly byFile = new Map<string, Expectation[]>();
  readonly #workspace: Workspace;
  readonly #crlf: boolean;

  constructor(workspace: Workspace, crlf: boolean) {
    this.#workspace = workspace;
    this.#crlf = crlf;
  }

  add({ slot, path, part }: Place, code: string, message = ''): void {
    const { root } = this.#workspace.locate(slot)!.entry.document.yaml;
    this.addSpan(slot, spanAt(root, path, part), code, message);
  }

  addSymbol(slot: Place['slot'], symbol: DocumentSymbol, depth: number): void {
    const detail = symbol.detail ? ` — ${symbol.detail}` : '';
    const width = Math.max(1, symbol.selection.end - symbol.selection.start);
    const at = span(symbol.selection.start, symbol.selection.start + width);
    this.addSpan(slot, at, symbol.kind, `${'· '.repeat(depth)}${symbol.name}${detail}`);
    symbol.children.forEach((child) => void this.addSymbol(slot, child, depth + 1));
  }

  addSpan(slot: Place['slot'], own: Span, code: string, message: string): void {
    const { file, entry } = this.#workspace.locate(slot)!;
    const it = {
      span: inFileText(file.text, own, entry.place.toFile.bind(entry.place), this.#crlf),
      code,
      message,
    };
    this.byFile.set(file.uri, [...(this.byFile.get(file.uri) ?? []), it]);
  }
}

interface Opened {
  readonly workspace: Workspace;
  readonly path: string;
  /** Nothing where the file holds no manifest. */
  readonly located: (LocatedSpot & { readonly text: string }) | undefined;
  readonly crlf: boolean;
}

/** Cases whose title says `CRLF` are read with these line ends; `folders` keeps their scopes apart. */
function newWorkspace(
  it: AssistCase,
  files: ReadonlyMap<string, Marked>,
): Pick<Opened, 'workspace' | 'crlf'> {
  const crlf = it.title.includes('CRLF');
  const workspace = new Workspace({
    ...defaultSettings,
    single: !it.title.includes('own scope'),
    keepLastGood: false,
    scope: { ...defaultSettings.scope, stockGateway: it.title.includes('stock') },
  });
  workspace.change(
    [...files].map(([path, { text }]) => ({
      uri: path,
      path,
      text: crlf ? text.replaceAll('\n', '\r\n') : text,
    })),
  );
  return { workspace, crlf };
}

function open(it: AssistCase, files: ReadonlyMap<string, Marked>): Opened {
  const { workspace, crlf } = newWorkspace(it, files);
  const [path, { text, cursor }] = [...files].find(([, marked]) => marked.cursor !== undefined)!;
  const offset = crlf ? cursor! + text.slice(0, cursor).split('\n').length - 1 : cursor!;
  const located = spotAt(workspace, path, offset);
  return { workspace, path, located: located && { ...located, text: workspace.file(path)!.text }, crlf };
}

function openManifest(
  it: AssistCase,
  files: ReadonlyMap<string, Marked>,
): Opened & { readonly located: NonNullable<Opened['located']> } {
  const opened = open(it, files);
  assert.ok(opened.located, `no manifest is at the cursor of ${opened.path}`);
  return { ...opened, located: opened.located };
}

function inFile(own: Span, { place, text }: NonNullable<Opened['located']>, crlf: boolean): Span {
  return inFileText(text, own, place.toFile.bind(place), crlf);
}

/** A span of the file as the fixture has it, which has no carriage returns. */
function inFileText(text: string, own: Span, toFile: (offset: number) => number, crlf: boolean): Span {
  const offset = (at: number): number => {
    const file = toFile(at);
    return crlf ? file - (text.slice(0, file).split('\r\n').length - 1) : file;
  };
  return span(offset(own.start), offset(own.end));
}

/** All labels in order; the list of a fixture may end early with three dots. */
function offered(
  items: readonly CompletionItem[],
  located: NonNullable<Opened['located']>,
  expected: string,
  crlf: boolean,
): Expectation {
  const labels = items.map((it) => (it.deprecated ? `~${it.label}` : it.label));
  const shown = expected.endsWith(', …') ? expected.slice(0, -3).split(', ').length : labels.length;
  const message = [...labels.slice(0, shown), ...(shown < labels.length ? ['…'] : [])].join(', ');
  const { start, end } = inFile(items[0]!.replace, located, crlf);
  return start === end
    ? { span: span(start, start + 1), code: 'inserts', message }
    : { span: span(start, end), code: 'replaces', message };
}

function accept(
  workspace: Workspace,
  path: string,
  items: readonly CompletionItem[],
  label: string,
  { spot, place }: LocatedSpot,
): string {
  const item = items.find((it) => it.label === label);
  if (!item) {
    return `"${label}" is not offered\n`;
  }
  const insert = item.snippet ? expandSnippet({ body: [item.insertText] }).text : item.insertText;
  const file = workspace.file(path)!;
  const entry = file.entries.find((it) => it.slot === spot.slot);
  const edits = [{ span: item.replace, insert }];
  const own = { start: place.toFile(item.replace.start), end: place.toFile(item.replace.end) };
  return plain(applyEdits(file.text, entry ? toFileEdits(entry, edits, file.eol) : [{ span: own, insert }]));
}

function plain(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
