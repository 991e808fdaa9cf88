import { fields, labels, whole } from '../model/guards';
import type { Request } from './request';

export type RequestTarget = Pick<Request, 'scheme' | 'host' | 'port' | 'path'>;

const schemes: readonly string[] = ['http', 'https', 'tls', 'tcp'];
const usualPorts: { readonly [scheme: string]: number } = { http: 80, https: 443 };

/** What a URL asks for, or what is wrong with it. `tls` and `tcp` have no usual port, so theirs must be written. */
export function readRequestUrl(text: string): RequestTarget | { readonly trouble: string } {
  const parts =
    /^(?<scheme>https?|tls|tcp):\/\/(?<host>\[[^\]\s]+\]|[^\s:/?#@[\]]+)(?::(?<port>\d+))?(?<path>[/?#].*)?$/i.exec(
      text.trim(),
    )?.groups;
  if (!parts) {
    return { trouble: 'write http://host/path, https://host/path, tls://host:port or tcp://host:port' };
  }
  const scheme = parts.scheme!.toLowerCase() as Request['scheme'];
  const port = parts.port === undefined ? usualPorts[scheme] : Number(parts.port);
  if (!isPort(port)) {
    return { trouble: 'it needs a port from 1 to 65535' };
  }
  return { scheme, host: parts.host!.replace(/^\[|\]$/g, ''), port, ...(parts.path && { path: parts.path }) };
}

/** A client as `NAMESPACE` or `NAMESPACE/LABEL=VALUE,…`, or what is wrong with it. */
export function readClient(text: string): { readonly from: Request['from'] } | { readonly trouble: string } {
  const slash = text.indexOf('/');
  if (text === '') {
    return { trouble: 'needs a namespace' };
  }
  if (slash < 0) {
    return { from: { namespace: text } };
  }
  const pairs = text
    .slice(slash + 1)
    .split(',')
    .map((pair) => pair.split('='));
  return slash === 0 || pairs.some((pair) => pair.length !== 2 || pair[0] === '')
    ? { trouble: `"${text}" is not NAMESPACE/LABEL=VALUE,…` }
    : { from: { namespace: text.slice(0, slash), labels: Object.fromEntries(pairs) } };
}

/** A request as its URL, without the port where it is the usual one. */
export function urlOf({ scheme, host, port, path }: RequestTarget): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return `${scheme}://${name}${port === usualPorts[scheme] ? '' : `:${port}`}${path ?? ''}`;
}

/** Why a value from outside is no request; nothing when it is one. */
export function requestTrouble(value: unknown): string | undefined {
  const { from, scheme, host, port, path, method, headers, address } = fields(value);
  const texts = { path, method, address };
  const wrong = Object.entries(texts).find(([, it]) => it !== undefined && typeof it !== 'string');
  if (!schemes.includes(scheme as string)) {
    return `"scheme" must be one of ${schemes.join(', ')}`;
  }
  if (typeof host !== 'string' || host === '') {
    return '"host" must be a name or an address';
  }
  if (!isPort(port)) {
    return '"port" must be a number from 1 to 65535';
  }
  const { namespace, labels: own } = fields(from);
  if (typeof namespace !== 'string' || namespace === '') {
    return '"from" must name the namespace of the client';
  }
  if (!isTexts(own) || !isTexts(headers)) {
    return `"${isTexts(own) ? 'headers' : 'labels'}" must be names with texts`;
  }
  return wrong && `"${wrong[0]}" must be a text`;
}

function isPort(value: unknown): value is number {
  const number = whole(value);
  return number !== undefined && number >= 1 && number <= 65535;
}

function isTexts(value: unknown): boolean {
  return value === undefined || Object.keys(labels(value)).length === Object.keys(Object(value)).length;
}
