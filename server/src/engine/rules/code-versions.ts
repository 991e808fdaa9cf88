import { type IstioVersion, isNewer } from '../schema/versions';

/**
 * The Istio version whose `istioctl analyze` has a code first, for what is younger than 1.24: the codes in
 * pkg/config/analysis/msg/messages.yaml of istio/istio, compared from branch release-1.24 to release-1.31.
 */
const since: { readonly [code: string]: string } = {
  IST0175: '1.28',
  IST0176: '1.30',
  IST0177: '1.31',
};

/** Whether the istioctl that belongs to the mesh has a code. */
export function hasCode(code: string, target: IstioVersion | undefined): boolean {
  return !isNewer(since[code], target);
}
