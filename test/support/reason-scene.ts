import { readRequestUrl } from '../../server/src/engine/traffic/read-request';
import type { Request } from '../../server/src/engine/traffic/request';
import { trace } from '../../server/src/engine/traffic/trace';
import { type MeshOptions, mesh } from './mesh-scene';

/** The reasons against others at every proxy, for a request from `shop`. */
export function reasons(text: string, url: string, options?: MeshOptions): readonly string[] {
  const target = readRequestUrl(url) as Request;
  const request: Request = { ...target, from: { namespace: 'shop' } };
  return trace(mesh(text, options), request, { explained: true })
    .flatMap((it) => it.hops)
    .flatMap((it) => it.alternatives ?? [])
    .map((it) => it.reason);
}

interface Meta {
  readonly namespace?: string;
  readonly created?: string;
}

export function object(
  kind: string,
  name: string,
  spec: string,
  { namespace = 'shop', created }: Meta = {},
): string {
  const age = created === undefined ? '' : `, creationTimestamp: "${created}"`;
  return `apiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}${age}}\nspec: ${spec}\n---\n`;
}

export const http = '{number: 80, name: http, protocol: HTTP}';
export const tls = '{number: 443, name: tls, protocol: TLS}';
export const entry = (name: string, host: string, port = http, more = '', meta: Meta = {}): string =>
  object('ServiceEntry', name, `{hosts: ["${host}"], ports: [${port}], resolution: DNS${more}}`, meta);
export const route = (name: string, spec: string, meta: Meta = {}): string =>
  object('VirtualService', name, spec, meta);
export const toA = 'route: [{destination: {host: a.com}}]';
