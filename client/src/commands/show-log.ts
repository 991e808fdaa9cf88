import type { EgressClient } from '../egress-client';

export function showLog({ log }: EgressClient): void {
  log.show();
}
