import { haveSameFace } from '../model/face';
import type { Resource } from '../model/resource';
import type { Path } from '../yaml/node';

/** A place in an object, counted from the object's root, so that callers can point at the line. */
export interface Origin {
  readonly resource: Resource;
  readonly path: Path;
}

export function origin(resource: Resource, ...path: Path): Origin {
  return { resource, path };
}

export function within({ resource, path }: Origin, ...steps: Path): Origin {
  return { resource, path: [...path, ...steps] };
}

/** Whether both are the same object of the cluster, as far as a reader can tell. */
export function sameResource(a: Resource | undefined, b: Resource | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && haveSameFace(a, b));
}
