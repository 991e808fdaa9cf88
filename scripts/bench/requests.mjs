// How long it takes to follow requests in a workspace: one by one as a trace, and all of them as an audit.
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LanguageClient } from './language-client.mjs';

/** Requests to as many hosts as make a fair middle. */
const traces = 40;

/** Milliseconds by metric, of a server that has just opened the file; `trace` is a list. `hosts` are `{host, namespace}`. */
export async function requests(command, file, hosts) {
  const client = new LanguageClient(command);
  const uri = pathToFileURL(file).href;
  try {
    await client.initialize(dirname(file));
    const opened = client.diagnostics(uri, 1);
    const text = readFileSync(file, 'utf8');
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
    await opened;
    await quiet(client);
    const trace = ({ host, namespace }) => {
      const call = { from: { namespace }, scheme: 'http', host, port: 80 };
      return timed(() => client.request('istioEgress/trace', { uri, call }));
    };
    const step = Math.max(1, Math.floor(hosts.length / traces));
    const chosen = hosts.filter((_, index) => index % step === 0);
    const measured = { traceFirst: await trace(chosen[0]), trace: [] };
    for (const it of chosen) measured.trace.push(await trace(it));
    measured.audit = await timed(() => client.request('istioEgress/audit', { uri }));
    measured.auditAgain = await timed(() =>
      client.request('istioEgress/audit', { uri, filter: hosts[0].host }),
    );
    return measured;
  } finally {
    await client.stop();
  }
}

/** A server that has just opened a file goes on following requests for a while. Waits until it does nothing. */
async function quiet(client) {
  for (let before = -1; client.cpu() - before > 5; ) {
    before = client.cpu();
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

async function timed(ask) {
  const start = performance.now();
  await ask();
  return performance.now() - start;
}
