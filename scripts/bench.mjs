#!/usr/bin/env node
// Measures the built language server against the floor server, in one run, and prints times and ratios.
//
//   npm run bench [-- --hosts 1000] [--rounds 3]
//
// Absolute times belong to this machine; the ratios are what to compare.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { EVENT_ID, parseEvents } from 'js-yaml';
import { generate } from './bench/generate.mjs';
import { requests } from './bench/requests.mjs';
import { session, wholeOpening } from './bench/session.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: { hosts: { type: 'string', default: '1000' }, rounds: { type: 'string', default: '3' } },
});
const server = path.join(root, 'dist', 'server.cjs');
if (!existsSync(server)) throw new Error('Build first: npm run build');

const cli = path.join(root, 'dist', 'cli.cjs');
/** What a whole check may cost, in readings of the file's events. */
const mostEvents = 4;

const servers = {
  floor: [process.execPath, path.join(root, 'scripts', 'bench', 'floor-server.mjs'), '--stdio'],
  ours: [process.execPath, server, '--stdio'],
};
/** What issue and design ask for: a limit in milliseconds, or a ratio to the floor server. */
const goals = {
  initialize: { ratio: 1.5 },
  open: { milliseconds: 600, at: 1000 },
  key: { milliseconds: 30, at: 1000 },
  complete: { milliseconds: 15, at: 1000 },
  traceFirst: { milliseconds: 50, at: 1000 },
  trace: { milliseconds: 5, at: 1000 },
  audit: { milliseconds: 2000, at: 1000 },
};

/** Client namespaces of the audit. */
const clients = 10;

const folder = mkdtempSync(path.join(tmpdir(), 'istio-egress-bench-'));
try {
  const file = path.join(folder, 'all.yaml');
  const documents = [...generate({ hosts: Number(values.hosts), layout: 'one' })];
  writeFileSync(file, documents.map((it) => it.text).join('---\n'));
  const text = readFileSync(file, 'utf8');
  console.log(
    `${values.hosts} hosts, ${documents.length} documents, ${(text.length / 1e6).toFixed(2)} MB, Node ${process.version}`,
  );
  const events = yamlEvents(text);
  console.log(`events: js-yaml reads the file's events, cold, in ${events.toFixed(0)} ms\n`);
  report(await measure(file));
  reportCheck(wholeCheck(file), events);
  console.log(`the same hosts in ${clients} namespaces, each of which may call all of them\n`);
  reportRequests(await measureRequests());
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function yamlEvents(text) {
  const start = performance.now();
  const events = parseEvents(text, { maxDepth: 100 });
  if (!events.some((it) => it.type === EVENT_ID.SCALAR)) throw new Error('nothing was read');
  return performance.now() - start;
}

/** Milliseconds of the command line from its start to its end, with every rule. */
function wholeCheck(file) {
  const rounds = Array.from({ length: Number(values.rounds) }, () => {
    const start = performance.now();
    const { status } = spawnSync(process.execPath, [cli, 'check', file], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (status !== 0) throw new Error(`check ended with ${status}`);
    return { check: performance.now() - start };
  });
  return median(rounds, 'check');
}

function reportCheck(check, events) {
  const ratio = check / events;
  const goal = `${ratio <= mostEvents ? 'met' : 'MISSED'}: <= ${mostEvents} x events`;
  console.table([{ metric: 'check', ours: number(check), ratio: number(ratio), goal }]);
}

/** The servers take turns, so that a machine that slows down slows both. */
async function measure(file) {
  const results = { floor: [], ours: [] };
  for (let round = 0; round < Number(values.rounds); round++) {
    const order = round % 2 === 0 ? ['floor', 'ours'] : ['ours', 'floor'];
    for (const name of order) {
      const whole = await wholeOpening(servers[name], file);
      results[name].push({ ...(await session(servers[name], file)), whole });
    }
  }
  return results;
}

/** An audit asks every namespace for every host, so it has a workspace of few namespaces. */
async function measureRequests() {
  const file = path.join(folder, 'clients', 'all.yaml');
  mkdirSync(path.dirname(file));
  const perNamespace = Math.ceil(Number(values.hosts) / clients);
  const documents = [...generate({ hosts: Number(values.hosts), perNamespace })];
  writeFileSync(file, documents.map((it) => it.text).join('---\n'));
  const hosts = documents.filter((it) => it.kind === 'ServiceEntry');
  const results = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    results.push(await requests(servers.ours, file, hosts));
  }
  return results;
}

function reportRequests(results) {
  const rows = ['traceFirst', 'trace', 'audit', 'auditAgain'].map((metric) => {
    const ours = median(results, metric);
    return { metric, ours: number(ours), goal: goalOf(metric, undefined, ours) };
  });
  console.table(rows);
}

function report({ floor, ours }) {
  const rows = ['initialize', 'open', 'whole', 'key', 'keyCpu', 'complete', 'memory'].map((metric) => {
    const [a, b] = [median(floor, metric), median(ours, metric)];
    return {
      metric,
      floor: number(a),
      ours: number(b),
      ratio: a ? number(b / a) : '',
      goal: goalOf(metric, a, b),
    };
  });
  console.table(rows);
}

function goalOf(metric, floor, ours) {
  const goal = goals[metric];
  if (!goal || ours === undefined || (goal.at && goal.at !== Number(values.hosts))) return '';
  const met = goal.ratio ? ours <= goal.ratio * floor : ours <= goal.milliseconds;
  return `${met ? 'met' : 'MISSED'}: ${goal.ratio ? `<= ${goal.ratio} x floor` : `<= ${goal.milliseconds} ms`}`;
}

function median(rounds, metric) {
  const all = rounds
    .flatMap((it) => it[metric])
    .filter((it) => it !== undefined)
    .sort((a, b) => a - b);
  return all.length > 0 ? all[all.length >> 1] : undefined;
}

function number(value) {
  return value === undefined ? '' : Number(value.toFixed(2));
}
