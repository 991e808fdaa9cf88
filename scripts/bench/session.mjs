// One server, one file: how long opening, typing and completing take.
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LanguageClient } from './language-client.mjs';

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Milliseconds by metric; `key` and `complete` are lists. */
export async function session(command, file, { keys = 20, warmup = 6 } = {}) {
  const client = new LanguageClient(command);
  try {
    const measured = { initialize: await client.initialize(dirname(file)) };
    await sleep(600);
    const document = new Document(client, file);
    measured.open = await document.open();
    const place = document.find('weight:') + 'weight'.length;
    for (let round = 0; round < warmup; round++) await document.toggle(place);
    const before = client.cpu();
    measured.key = [];
    for (let round = 0; round < keys; round++) measured.key.push(await document.toggle(place));
    measured.keyCpu = (client.cpu() - before) / keys;
    measured.complete = await document.completions(place, keys);
    measured.memory = client.memory();
    return measured;
  } finally {
    await client.stop();
  }
}

/** Milliseconds from opening a file to the last diagnostics of it, when nobody types. */
export async function wholeOpening(command, file, { quiet = 4000 } = {}) {
  const client = new LanguageClient(command);
  try {
    await client.initialize(dirname(file));
    await sleep(600);
    return await new Document(client, file).openWhole(quiet);
  } finally {
    await client.stop();
  }
}

class Document {
  #version = 1;
  #typed = false;

  constructor(client, file) {
    this.client = client;
    this.uri = pathToFileURL(file).href;
    this.text = readFileSync(file, 'utf8');
  }

  async open() {
    const answer = this.client.diagnostics(this.uri, 1);
    const start = performance.now();
    const textDocument = { uri: this.uri, languageId: 'yaml', version: 1, text: this.text };
    this.client.notify('textDocument/didOpen', { textDocument });
    return (await answer).at - start;
  }

  async openWhole(quiet) {
    const start = performance.now();
    let took = await this.open();
    for (;;) {
      const next = this.client.diagnostics(this.uri, 1);
      const answer = await Promise.race([next, sleep(quiet)]);
      next.catch(() => {});
      if (!answer) return took;
      took = answer.at - start;
    }
  }

  /** The first place of `text` behind the middle of the file. */
  find(text) {
    return this.text.indexOf(text, this.text.length >> 1);
  }

  /** Types one letter, or takes it back, and waits for the diagnostics of that version. */
  async toggle(offset) {
    const start = this.#position(offset);
    const end = { ...start, character: start.character + (this.#typed ? 1 : 0) };
    const version = ++this.#version;
    const change = { range: { start, end }, text: this.#typed ? '' : 'x' };
    this.#typed = !this.#typed;
    const answer = this.client.diagnostics(this.uri, version);
    const sent = performance.now();
    this.client.notify('textDocument/didChange', {
      textDocument: { uri: this.uri, version },
      contentChanges: [change],
    });
    return (await answer).at - sent;
  }

  async completions(offset, count) {
    const took = [];
    for (let round = 0; round < count; round++) {
      const start = performance.now();
      const params = { textDocument: { uri: this.uri }, position: this.#position(offset) };
      const answer = await this.client.request('textDocument/completion', params).catch(() => undefined);
      if (answer === undefined) return [];
      took.push(performance.now() - start);
    }
    return took;
  }

  #position(offset) {
    const before = this.text.slice(0, offset);
    const line = before.split('\n').length - 1;
    return { line, character: offset - (before.lastIndexOf('\n') + 1) };
  }
}
