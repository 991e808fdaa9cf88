import type { Rule } from '../rule';
import { certificateOnTwoGateways } from './certificate-on-two-gateways';
import { claimWithoutAuthentication } from './claim-without-authentication';
import { credentialInvalid } from './credential-invalid';
import { credentialNotFound } from './credential-not-found';
import { destinationHostNotFound } from './destination-host-not-found';
import { destinationPortNotFound } from './destination-port-not-found';
import { destinationPortRequired } from './destination-port-required';
import { gatewayNotFound } from './gateway-not-found';
import { gatewaysConflict } from './gateways-conflict';
import { hostNotInGateway } from './host-not-in-gateway';
import { hostOnMeshTwice } from './host-on-mesh-twice';
import { internalGateway } from './internal-gateway';
import { policyNamespaceNotFound } from './policy-namespace-not-found';
import { portWithoutVerification } from './port-without-verification';
import { protocolsConflict } from './protocols-conflict';
import { ruleHostUnknown } from './rule-host-unknown';
import { ruleWithoutVerification } from './rule-without-verification';
import { selectorMatchesNoPod } from './selector-matches-no-pod';
import { serverPortNotOnService } from './server-port-not-on-service';
import { subsetNotFound } from './subset-not-found';
import { subsetWithoutEffect } from './subset-without-effect';
import { subsetWithoutPods } from './subset-without-pods';
import { tcpWithoutAddresses } from './tcp-without-addresses';

/** What `istioctl analyze` says, one rule for each message. Profile `istioctl` runs these and nothing else. */
export const istioctlRules: readonly Rule[] = [
  certificateOnTwoGateways,
  claimWithoutAuthentication,
  credentialInvalid,
  credentialNotFound,
  destinationHostNotFound,
  destinationPortNotFound,
  destinationPortRequired,
  gatewayNotFound,
  gatewaysConflict,
  hostNotInGateway,
  hostOnMeshTwice,
  internalGateway,
  policyNamespaceNotFound,
  portWithoutVerification,
  protocolsConflict,
  ruleHostUnknown,
  ruleWithoutVerification,
  selectorMatchesNoPod,
  serverPortNotOnService,
  subsetNotFound,
  subsetWithoutEffect,
  subsetWithoutPods,
  tcpWithoutAddresses,
];
