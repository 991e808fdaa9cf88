import type { ResourceHeader } from './resource';

/** Whether a reader could tell the two apart: an edit to a comment makes a new resource that says the same. */
export function haveSameFace(a: ResourceHeader, b: ResourceHeader): boolean {
  return a === b || (a.slot === b.slot && faceOf(a) === faceOf(b));
}

const faces = new WeakMap<ResourceHeader, string>();

/**
 * What other resources can see of one: its values and its place in the structure, not where they are written. Most
 * resources are never replaced, so nobody asks for theirs.
 */
function faceOf(resource: ResourceHeader): string {
  let face = faces.get(resource);
  if (face === undefined) {
    const { slot: _slot, base: _base, ...visible } = resource;
    face = JSON.stringify(visible);
    faces.set(resource, face);
  }
  return face;
}
