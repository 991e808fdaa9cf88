import type { View } from '../workspace/view';

/** A scope without any document, in a cluster with the stock gateway. */
export const emptyView: View = {
  settings: {
    closedWorld: false,
    profile: 'recommended',
    stockGateway: true,
    stockGatewayKnown: false,
    gateways: [],
  },
  isInSteps: false,
  all: () => [],
  allIn: () => [],
  find: () => undefined,
  byHost: () => [],
  declares: () => false,
  declaresHost: () => false,
  twinsOf: () => [],
  declaredElsewhere: () => [],
  hasPartial: () => false,
  lookUp: () => [],
  derive: (_name, _key, compute) => compute(),
};
