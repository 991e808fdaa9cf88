import { type IstioVersion, istioVersions } from '../engine/schema/versions';
import type { Profile } from '../engine/workspace/view';
import { UsageError } from './usage';

const profiles: readonly Profile[] = ['recommended', 'istioctl', 'strict'];

export function profileOption(value: string | undefined): Profile {
  return oneOf('--profile', value ?? 'recommended', profiles);
}

/** Nothing stands for the newest that is known. */
export function targetOption(value: string | undefined): { readonly targetVersion?: IstioVersion } {
  const version = oneOf('--target-version', value ?? 'newest', ['newest', ...istioVersions]);
  return version === 'newest' ? {} : { targetVersion: version };
}

/** Checks that an option has one of the values it may have. */
export function oneOf<const T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((it) => it === value);
  if (found === undefined) {
    throw new UsageError(`${option} takes ${allowed.join(', ')}, not "${value}"`);
  }
  return found;
}
