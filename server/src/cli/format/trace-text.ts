import { printableLine } from '../../engine/text/printable';
import type { ResultPath, ToldPlace, TracedCall } from '../trace-calls';

/** For people: one block for each way the request can take. */
export function traceText({ paths }: TracedCall): string {
  return `${paths.map(pathText).join('\n')}`;
}

function pathText(path: ResultPath): string {
  const share = path.weight > 0 && path.weight < 100 ? ` (${path.weight} % of the requests)` : '';
  const target = path.host === undefined ? '' : ` ${path.host}:${path.port ?? ''}`;
  const layers = path.tls.map(({ mode, sni }) => (sni === undefined ? mode : `${mode} "${sni}"`));
  const status = path.status ? `, status ${path.status}` : '';
  const isPast = path.outcome === 'external' && path.state === 'bypass';
  const lines = [`${path.outcome}${target}${share}${status}${isPast ? ', past the gateway' : ''}`];
  if (path.reason !== undefined) {
    lines.push(`  because: ${path.reason}`);
  }
  if (path.advice !== undefined) {
    lines.push(`  what to do: ${path.advice}`);
  }
  for (const { proxy, decidedBy, alternatives = [] } of path.hops) {
    lines.push(`  ${proxy}`);
    lines.push(...decidedBy.map((it) => `    decided by ${placeText(it)}`));
    lines.push(...alternatives.map((it) => `    not by ${placeText(it)}`));
  }
  if (layers.length > 0) {
    lines.push(`  on arrival: ${layers.join(', inside ')}`);
  }
  return `${lines.map(printableLine).join('\n')}\n`;
}

function placeText({ file, range, words }: ToldPlace): string {
  const place = `${file}:${range.start.line + 1}:${range.start.character + 1}`;
  return words === undefined ? place : `${place}: ${words}`;
}
