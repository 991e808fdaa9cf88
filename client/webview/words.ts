import type {
  GraphLane,
  GraphPicture,
  GraphState,
  PictureEdge,
  PictureNode,
  PlainPlace,
} from '../../server/src/protocol';

export const laneTitles: { readonly [kind in GraphLane]: string } = {
  client: 'Clients',
  route: 'Sidecar routes',
  gateway: 'Gateways',
  host: 'External hosts',
};

const kinds: { readonly [kind in GraphLane]: string } = {
  client: 'clients',
  route: 'sidecar route',
  gateway: 'gateway',
  host: 'external host',
};

/** Worst first, as in lists of problems. */
export const states: readonly GraphState[] = ['broken', 'bypass', 'blocked', 'not-evaluated', 'ok'];

export const stateWords: { readonly [state in GraphState]: string } = {
  ok: 'as intended',
  bypass: 'bypass',
  blocked: 'blocked',
  broken: 'broken',
  'not-evaluated': 'unknown',
};

export const stateTitles: { readonly [state in GraphState]: string } = {
  ok: 'Requests arrive where they should',
  bypass: 'Requests leave directly, past the gateway',
  blocked: 'The mesh lets no request out',
  broken: 'Requests fail on the way, or take another than was written',
  'not-evaluated': 'Something on the way is not known',
};

/** A name in two lines: `namespace/name` is long, and people look for the name. */
export function linesOf({ kind, label, detail, members }: PictureNode): readonly [string, string] {
  const slash = kind === 'route' || kind === 'gateway' ? label.lastIndexOf('/') : -1;
  if (members !== undefined) {
    return [label, detail];
  }
  if (slash >= 0) {
    return [label.slice(slash + 1), `${detail} in ${label.slice(0, slash)}`];
  }
  return [label, kind === 'host' && detail !== '' ? portsIn(detail) : detail];
}

const portsIn = (detail: string): string => `${detail.includes(',') ? 'ports' : 'port'} ${detail}`;

export function titleOf(node: PictureNode): string {
  const [first, second] = linesOf(node);
  if (node.members !== undefined) {
    return `${first}: ${second}. Opens the group`;
  }
  const what = second === '' ? '' : `, ${second}`;
  return `${kinds[node.kind]} ${first}${what}${node.place ? `. Goes to ${placeName(node.place)}` : ''}`;
}

export function edgeTitle(picture: GraphPicture, edge: PictureEdge): string {
  const label = (id: string): string => picture.nodes.find((it) => it.id === id)?.label ?? '';
  const why = edge.why[0] ? `. ${edge.why[0].message}` : '';
  const where = edge.place ? `. Goes to ${placeName(edge.place)}` : '';
  return `${stateWords[edge.state]}: ${label(edge.from)} → ${label(edge.to)}${why}${where}`;
}

/** The ports of `host:port` and `host:port/path`, each once. */
export function portsOf(requests: readonly string[]): readonly string[] {
  const ports = requests.flatMap((it) => /:(\d+)(?:\/|$)/.exec(it)?.[1] ?? []);
  return [...new Set(ports)].sort((a, b) => Number(a) - Number(b));
}

/** A file and a line as people write them. */
export function placeName({ uri, range }: PlainPlace): string {
  const last = uri.slice(uri.lastIndexOf('/') + 1);
  let name = last;
  try {
    name = decodeURIComponent(last);
  } catch {
    // A name with a lone percent sign is shown as it is.
  }
  return `${name}:${range.start.line + 1}`;
}

export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

/** How many hosts the nodes stand for. */
export const hostsIn = (nodes: readonly PictureNode[]): number =>
  nodes.filter(({ kind }) => kind === 'host').reduce((sum, { members = 1 }) => sum + members, 0);
