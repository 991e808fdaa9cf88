/** Minor versions of Istio that a mesh may be said to have, the newest first. */
export const istioVersions = ['1.31', '1.30', '1.29', '1.28', '1.27', '1.26', '1.25', '1.24'] as const;

export type IstioVersion = (typeof istioVersions)[number];

/**
 * Whether a mesh of the version `target` is too old for what came with `since`. Without a target the mesh is as
 * new as what is known.
 */
export function isNewer(since: string | undefined, target: IstioVersion | undefined): since is string {
  return since !== undefined && target !== undefined && minorOf(since) > minorOf(target);
}

/** Whether what `until` was the last version to have is gone from a mesh of the version `target`. */
export function isGone(until: string | undefined, target: IstioVersion | undefined): boolean {
  return until !== undefined && (target === undefined || minorOf(target) > minorOf(until));
}

function minorOf(version: string): number {
  return Number(version.slice(version.indexOf('.') + 1));
}
