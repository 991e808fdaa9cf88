import type { GraphPicture, PictureEdge, PictureNode } from '../../server/src/protocol';

type Item = PictureNode | PictureEdge;

const isNode = (it: Item): it is PictureNode => 'kind' in it;

/**
 * The node or edge an arrow key leads to. Right and left follow an edge, which is a stop of its own; up and down
 * stay in the lane, or among the edges that leave it.
 */
export function neighbour(picture: GraphPicture, id: string, key: string): string | undefined {
  const at = [...picture.nodes, ...picture.edges].find((it) => it.id === id);
  switch (at && key) {
    case 'ArrowRight':
      return isNode(at!) ? first(picture.edges.filter((it) => it.from === id)) : at!.to;
    case 'ArrowLeft':
      return isNode(at!) ? first(picture.edges.filter((it) => it.to === id)) : at!.from;
    case 'ArrowDown':
      return beside(picture, at!, 1);
    case 'ArrowUp':
      return beside(picture, at!, -1);
    case 'Home':
      return column(picture, at!)[0]?.id;
    case 'End':
      return column(picture, at!).at(-1)?.id;
    default:
      return undefined;
  }
}

/** Where the keys start: the first thing that is wrong, else the first client. */
export function entrance({ nodes, edges }: GraphPicture): string | undefined {
  const wrong = edges.filter((it) => it.state !== 'ok' && it.state !== 'not-evaluated');
  return first(wrong) ?? [...nodes].sort((a, b) => a.x - b.x || a.y - b.y)[0]?.id;
}

function beside(picture: GraphPicture, at: Item, step: number): string | undefined {
  const all = column(picture, at);
  return all[all.findIndex((it) => it.id === at.id) + step]?.id;
}

/** What stands above and below, from above. */
function column({ nodes, edges }: GraphPicture, at: Item): readonly Item[] {
  if (isNode(at)) {
    return nodes.filter((it) => it.kind === at.kind).sort((a, b) => a.y - b.y);
  }
  const lane = (it: PictureEdge): string | undefined => nodes.find((node) => node.id === it.from)?.kind;
  const own = lane(at);
  return edges.filter((it) => lane(it) === own).sort(byEnd);
}

const first = (edges: readonly PictureEdge[]): string | undefined => [...edges].sort(byEnd)[0]?.id;

function byEnd(a: PictureEdge, b: PictureEdge): number {
  return a.end.y - b.end.y || a.end.x - b.end.x || (a.id < b.id ? -1 : 1);
}
