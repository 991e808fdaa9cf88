import type { Place, SourceFile } from '../source/source';
import { PlainPlace } from '../source/source-map';
import type { Workspace } from '../workspace/workspace';
import { readYaml } from '../yaml/read';
import { everythingIn } from './everything';
import type { Spot } from './spot';

export interface LocatedSpot {
  readonly spot: Spot;
  /** Maps what is answered back to the file. */
  readonly place: Place;
}

/** The document at an offset of a file, one of its scopes, and the offset in the document's own text. */
export function spotAt(workspace: Workspace, uri: string, fileOffset: number): LocatedSpot | undefined {
  const file = workspace.file(uri);
  const [live] = workspace.scopesOf(uri);
  if (!file || !live || file.skipped) {
    return undefined;
  }
  const { defaultNamespace } = workspace.settings;
  const given = live.plan.placements?.get(workspace.pathOf(uri) ?? uri)?.namespace;
  const shared = { scope: everythingIn(live.scope), scopeName: live.plan.name, crds: live.scope.crds };
  const entry = file.entries.findLast((it) => it.place.toDocument(fileOffset) !== undefined);
  if (entry) {
    const { slot, place, document } = entry;
    const namespace = given ?? document.commandNamespace ?? defaultNamespace;
    const offset = place.toDocument(fileOffset)!;
    return {
      spot: { ...shared, document: document.yaml, holes: document.holes, slot, offset, namespace },
      place,
    };
  }
  const place = emptyPlace(file, fileOffset);
  const document = place && readYaml(file.text.slice(place.start, place.start + place.length));
  return (
    place &&
    document && {
      spot: {
        ...shared,
        document,
        holes: [],
        slot: undefined,
        offset: fileOffset - place.start,
        namespace: given ?? defaultNamespace,
      },
      place,
    }
  );
}

/** A document that nothing is written in yet is not one of the file's. In prose it could be anywhere. */
function emptyPlace({ form, text, entries }: SourceFile, offset: number): PlainPlace | undefined {
  if (form === 'markdown' || form === 'shell') {
    return undefined;
  }
  const starts = entries.map((it) => it.place.toFile(0));
  const ends = entries.map((it, index) => starts[index]! + it.document.yaml.text.length);
  const start = Math.max(0, ...ends.filter((it) => it <= offset));
  const end = Math.min(text.length, ...starts.filter((it) => it >= offset));
  return new PlainPlace(start, end - start);
}
