import { report, type StructureFix, type Walk } from './structure-finding';
import { nameAt, quoted } from './words';

/** Reports the field at the end of the walk's path, which the API server of an older mesh does not know. */
export function reportNewerField(walk: Walk, since: string): void {
  const name = nameAt(walk.path);
  const message = `"${name}" is read since Istio ${since}; this mesh has ${walk.context.target}, which refuses the field, or drops it where it is not strict`;
  const fix: StructureFix = {
    title: `Remove "${name}"`,
    edits: [{ op: 'remove', path: [...walk.path] }],
  };
  report(walk, 'schema/newer-than-mesh', { part: 'key' }, message, [fix]);
}

/** What is said of a value that its field takes in newer meshes only. */
export function newerValue(walk: Walk, value: string, since: string): string {
  return `${quoted(value)} is a value of "${nameAt(walk.path)}" since Istio ${since}; this mesh has ${walk.context.target}, which refuses it`;
}
