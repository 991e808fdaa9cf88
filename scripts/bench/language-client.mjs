// Drives a language server over standard input and output, the way an editor does, and notes when answers arrive.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const capabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
  },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true },
    completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
    hover: { contentFormat: ['markdown'] },
  },
  general: { positionEncodings: ['utf-16'] },
};

const patience = 60_000;

export class LanguageClient {
  #pending = new Map();
  #waiting = new Set();
  #buffer = Buffer.alloc(0);
  #nextId = 1;

  /** `command` is what starts the server, without a shell. */
  constructor(command) {
    this.startedAt = performance.now();
    this.process = spawn(command[0], command.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] });
    // A server that ends while it is being written to is noticed by the request that gets no answer.
    this.process.stdin.on('error', () => {});
    this.process.stdout.on('data', (chunk) => this.#feed(chunk));
    this.ended = new Promise((resolve) => this.process.once('exit', resolve));
  }

  /** Milliseconds from the start of the process to the answer. */
  async initialize(folder) {
    const uri = pathToFileURL(folder).href;
    await this.request('initialize', {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: 'bench' }],
      capabilities,
    });
    const took = performance.now() - this.startedAt;
    this.notify('initialized', {});
    return took;
  }

  request(method, params) {
    const id = this.#nextId++;
    this.#send({ id, method, params });
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer to ${method}`)), patience);
      this.#pending.set(id, ({ result, error }) => {
        clearTimeout(timer);
        if (error) reject(new Error(`${method}: ${error.message}`));
        else resolve(result);
      });
    });
  }

  notify(method, params) {
    this.#send({ method, params });
  }

  /** The first notification that fits, and when it came. */
  notification(fits, what) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${what} did not come`)), patience);
      const waiter = (message) => {
        if (fits(message)) {
          clearTimeout(timer);
          this.#waiting.delete(waiter);
          resolve({ params: message.params, at: performance.now() });
        }
      };
      this.#waiting.add(waiter);
    });
  }

  diagnostics(uri, version) {
    return this.notification(
      ({ method, params }) =>
        method === 'textDocument/publishDiagnostics' && params.uri === uri && params.version >= version,
      `diagnostics of version ${version}`,
    );
  }

  /** Milliseconds all threads of the server have been on a processor. Linux only; elsewhere 0. */
  cpu() {
    try {
      const tasks = `/proc/${this.process.pid}/task`;
      const nanoseconds = readdirSync(tasks).map((it) =>
        Number(readFileSync(`${tasks}/${it}/schedstat`, 'utf8').split(' ')[0]),
      );
      return nanoseconds.reduce((sum, it) => sum + it, 0) / 1e6;
    } catch {
      return 0;
    }
  }

  /** Resident memory in MiB. Linux only; elsewhere 0. */
  memory() {
    try {
      return (
        Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.process.pid}/status`, 'utf8'))[1]) / 1024
      );
    } catch {
      return 0;
    }
  }

  async stop() {
    await this.request('shutdown').catch(() => {});
    this.notify('exit');
    const timer = setTimeout(() => this.process.kill('SIGKILL'), 2000);
    await this.ended;
    clearTimeout(timer);
  }

  #send(message) {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.process.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  #feed(chunk) {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const end = this.#buffer.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/content-length: *(\d+)/i.exec(this.#buffer.toString('latin1', 0, end))[1]);
      if (this.#buffer.length < end + 4 + length) return;
      const message = JSON.parse(this.#buffer.toString('utf8', end + 4, end + 4 + length));
      this.#buffer = this.#buffer.subarray(end + 4 + length);
      this.#take(message);
    }
  }

  #take(message) {
    if (message.method && message.id !== undefined) {
      const items =
        message.method === 'workspace/configuration' ? message.params.items.map(() => null) : null;
      this.#send({ id: message.id, result: items });
    } else if (message.method) {
      for (const waiter of [...this.#waiting]) waiter(message);
    } else {
      this.#pending.get(message.id)?.(message);
      this.#pending.delete(message.id);
    }
  }
}
