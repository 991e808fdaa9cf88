import { followed } from '../intent/ways';
import type { Request, TracedPath } from '../traffic/request';
import type { View } from '../workspace/view';
import { stateOf } from './explain-trace';

/**
 * Where the requests for a host and port go, in one short line. They are the same but for the namespace of the
 * client; the first speaks, and those it does not hold for are named.
 */
export function lensWords(view: View, requests: readonly Request[]): string {
  const told = requests.map((it) => ({ namespace: it.from.namespace, words: wordsFor(view, it) }));
  const words = told[0]?.words ?? '';
  const others = told.filter((it) => it.words !== words).map((it) => it.namespace);
  const more = others.length > 2 ? ` and ${others.length - 2} more` : '';
  const except =
    others.length > 0
      ? ` from ${told[0]!.namespace}, otherwise from ${others.slice(0, 2).join(', ')}${more}`
      : '';
  return `${words}${except}`;
}

function wordsFor(view: View, request: Request): string {
  const ways = followed(view, request).map((it) => it.path);
  const wrong = ways.find((it) =>
    ['broken', 'blocked', 'not-evaluated'].includes(stateOf(view, request, it)),
  );
  if (wrong) {
    return failureOf(wrong, request);
  }
  const [first] = ways;
  const ends = new Set(ways.map((it) => endOf(it, request)));
  const middles = new Set(ways.map((it) => middleOf(view, request, it)));
  if (first === undefined || ends.size > 1) {
    return `→ ${[...ends].slice(0, 3).join(' or ')}`;
  }
  return `→ ${[...middles].slice(0, 3).join(' or ')}${[...ends][0]}`;
}

function failureOf({ outcome, reason, via }: TracedPath, { host, port }: Request): string {
  const at = via.length > 0 ? ` at ${nameOf(via.at(-1)!)}` : '';
  const words =
    outcome === 'blocked' ? 'blocked' : outcome === 'not-evaluated' ? 'not followed' : `fails${at}`;
  const sign = outcome === 'not-evaluated' ? '?' : '✗';
  return `${sign} ${host}:${port} ${words}${reason === undefined ? '' : `, ${reason}`}`;
}

/** A gateway by its name alone: the line is short. */
const nameOf = (gateway: string): string => gateway.slice(gateway.indexOf('/') + 1);

function middleOf(view: View, request: Request, path: TracedPath): string {
  const { outcome, via } = path;
  if (via.length > 0) {
    return `${via.map(nameOf).join(' → ')} → `;
  }
  if (outcome === 'passthrough') {
    return 'directly, not registered → ';
  }
  if (outcome === 'external') {
    return stateOf(view, request, path) === 'bypass' ? 'past the gateway → ' : 'directly → ';
  }
  return '';
}

function endOf({ outcome, host, port, status }: TracedPath, request: Request): string {
  if (outcome === 'direct-response' || outcome === 'redirect') {
    return `${outcome === 'redirect' ? 'redirect' : 'answer'} ${status ?? ''}`.trimEnd();
  }
  return `${host ?? request.host}:${port ?? request.port}${outcome === 'mesh' ? ' in the mesh' : ''}`;
}
