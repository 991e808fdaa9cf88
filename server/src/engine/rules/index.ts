import { hopTlsMismatch } from './destination-rule/hop-tls-mismatch';
import { policyIgnored } from './destination-rule/policy-ignored';
import { subsetSelectsNothing } from './destination-rule/subset-selects-nothing';
import { unusedTunnel } from './destination-rule/unused-tunnel';
import { gatewayHostTaken } from './gateway/host-taken';
import { hostsShareRoute } from './gateway/hosts-share-route';
import { serverIgnored } from './gateway/server-ignored';
import { serverPortNotExposed } from './gateway/server-port-not-exposed';
import { backendNotResolved } from './gateway-api/backend-not-resolved';
import { parentNotFound } from './gateway-api/parent-not-found';
import { routeNotTaken } from './gateway-api/route-not-taken';
import { istioctlRules } from './istioctl/index';
import type { Rule } from './rule';
import { noEndpoints } from './service-entry/no-endpoints';
import { plainToTlsPort } from './service-entry/plain-to-tls-port';
import { portBypassesGateway } from './service-entry/port-bypasses-gateway';
import { requestsBypassGateway } from './service-entry/requests-bypass-gateway';
import { requestsFail } from './service-entry/requests-fail';
import { resolutionNoneAtGateway } from './service-entry/resolution-none-at-gateway';
import { tlsInsideTls } from './service-entry/tls-inside-tls';
import { outboundModeUnset } from './sidecar/outbound-mode-unset';
import { destinationNotRegistered } from './virtual-service/destination-not-registered';
import { destinationPortNotExposed } from './virtual-service/destination-port-not-exposed';
import { gatewayElsewhere } from './virtual-service/gateway-elsewhere';
import { gatewayNotBound } from './virtual-service/gateway-not-bound';
import { gatewayNotFound } from './virtual-service/gateway-not-found';
import { hopOvertaken } from './virtual-service/hop-overtaken';
import { hopTlsMissing } from './virtual-service/hop-tls-missing';
import { hostMisspelt } from './virtual-service/host-misspelt';
import { hostNotServed } from './virtual-service/host-not-served';
import { hostTaken } from './virtual-service/host-taken';
import { matchGatewayNotBound } from './virtual-service/match-gateway-not-bound';
import { matchReachesGateway } from './virtual-service/match-reaches-gateway';
import { meshNotBound } from './virtual-service/mesh-not-bound';
import { noRouteAtGateway } from './virtual-service/no-route-at-gateway';
import { noServerOnPort } from './virtual-service/no-server-on-port';
import { notExported } from './virtual-service/not-exported';
import { requestsAstray } from './virtual-service/requests-astray';
import { sniWiderThanGateway } from './virtual-service/sni-wider-than-gateway';
import { sourceSelectsNothing } from './virtual-service/source-selects-nothing';
import { subsetNotDefined } from './virtual-service/subset-not-defined';
import { wildcardAtGateway } from './virtual-service/wildcard-at-gateway';
import { wrongRouteBlock } from './virtual-service/wrong-route-block';
import { templateAnnotation } from './workload/template-annotation';
import { duplicateObject } from './workspace/duplicate-object';
import { exportToMisspelt } from './workspace/export-to-misspelt';

/** Every rule that follows resources, in the order in which they may claim a line. */
export const rules: readonly Rule[] = [
  duplicateObject,
  templateAnnotation,
  gatewayNotFound,
  meshNotBound,
  matchGatewayNotBound,
  notExported,
  gatewayElsewhere,
  gatewayNotBound,
  hostTaken,
  matchReachesGateway,
  hopOvertaken,
  sourceSelectsNothing,
  wildcardAtGateway,
  destinationNotRegistered,
  destinationPortNotExposed,
  subsetNotDefined,
  noServerOnPort,
  hostMisspelt,
  hostNotServed,
  sniWiderThanGateway,
  noRouteAtGateway,
  wrongRouteBlock,
  hopTlsMissing,
  hopTlsMismatch,
  serverPortNotExposed,
  gatewayHostTaken,
  serverIgnored,
  hostsShareRoute,
  subsetSelectsNothing,
  policyIgnored,
  unusedTunnel,
  parentNotFound,
  routeNotTaken,
  backendNotResolved,
  exportToMisspelt,
  outboundModeUnset,
  noEndpoints,
  resolutionNoneAtGateway,
  portBypassesGateway,
  requestsFail,
  plainToTlsPort,
  tlsInsideTls,
  requestsBypassGateway,
  requestsAstray,
  ...istioctlRules,
];
