import { readFileSync } from 'node:fs';
import type { Request, TracedPath } from '../../server/src/engine/traffic/request';
import { trace } from '../../server/src/engine/traffic/trace';
import type { View } from '../../server/src/engine/workspace/view';
import { mesh } from './mesh-scene';

/** A configuration and where Istio's own code sends the requests. */
export interface TrafficCase {
  readonly id: string;
  readonly mesh?: string;
  readonly stock?: boolean;
  readonly files: { readonly [name: string]: string };
  readonly calls: readonly RecordedCall[];
}

export interface RecordedCall extends Request {
  readonly id: string;
  readonly paths: readonly RecordedPath[];
}

/** Empty members are left out. */
export interface RecordedPath extends Partial<Omit<TracedPath, 'hops'>> {
  readonly proxies: readonly string[];
}

export function trafficCases(file: string): readonly TrafficCase[] {
  return readFileSync(`test/fixtures/traffic/${file}`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as TrafficCase);
}

export function viewOf({ files, mesh: config, stock }: TrafficCase): View {
  return mesh(files, { ...(config !== undefined && { mesh: config }), stock: stock ?? false });
}

/** What the engine says, in the shape of the recording. */
export function tracedPaths(view: View, call: Request): readonly RecordedPath[] {
  return trace(view, call).map(({ outcome, via, host, port, tls, status, weight, hops }) => {
    return {
      outcome,
      ...(via.length > 0 && { via }),
      ...(host && { host }),
      ...(port && { port }),
      ...(tls.length > 0 && { tls }),
      ...(outcome === 'direct-response' && { status }),
      ...(weight > 0 && { weight }),
      proxies: hops.map((hop) => hop.proxy),
    };
  });
}
