import type { Rule } from '../rule';
import { certificateOnTwoGateways } from './certificate-on-two-gateways';
import { claimWithoutAuthentication } from './claim-without-authentication';
import { controlPlaneAddress } from './control-plane-address';
import { controlPlaneByIp } from './control-plane-by-ip';
import { credentialInvalid } from './credential-invalid';
import { credentialNotFound } from './credential-not-found';
import { deprecatedAnnotation } from './deprecated-annotation';
import { deprecatedFeature } from './deprecated-feature';
import { destinationHostNotFound } from './destination-host-not-found';
import { destinationPortNotFound } from './destination-port-not-found';
import { destinationPortRequired } from './destination-port-required';
import { externalNamePort } from './external-name-port';
import { gatewayApiTooOld } from './gateway-api-too-old';
import { gatewayNotFound } from './gateway-not-found';
import { gatewaysConflict } from './gateways-conflict';
import { hostNotInGateway } from './host-not-in-gateway';
import { hostOnMeshTwice } from './host-on-mesh-twice';
import { imageAutoNotInjected } from './image-auto-not-injected';
import { ineffectiveSelector } from './ineffective-selector';
import { internalGateway } from './internal-gateway';
import { invalidAnnotation } from './invalid-annotation';
import { invalidWebhook } from './invalid-webhook';
import { jwksUnrestricted } from './jwks-unrestricted';
import { misplacedAnnotation } from './misplaced-annotation';
import { namespaceInjectedByDefault } from './namespace-injected-by-default';
import { namespaceNotInjected } from './namespace-not-injected';
import { negativeCondition } from './negative-condition';
import { patchAdd } from './patch-add';
import { patchOfOtherVersion } from './patch-of-other-version';
import { patchRemove } from './patch-remove';
import { patchReplace } from './patch-replace';
import { patchWithoutPriority } from './patch-without-priority';
import { podImageAuto } from './pod-image-auto';
import { podWithoutProxy } from './pod-without-proxy';
import { policyNamespaceNotFound } from './policy-namespace-not-found';
import { policyWithoutWorkloads } from './policy-without-workloads';
import { portName } from './port-name';
import { portOfTwoProtocols } from './port-of-two-protocols';
import { portWithoutVerification } from './port-without-verification';
import { protocolsConflict } from './protocols-conflict';
import { proxyImageMismatch } from './proxy-image-mismatch';
import { reservedUser } from './reserved-user';
import { ruleHostUnknown } from './rule-host-unknown';
import { ruleWithoutVerification } from './rule-without-verification';
import { selectorMatchesNoPod } from './selector-matches-no-pod';
import { serverPortNotOnService } from './server-port-not-on-service';
import { severalDefaultSidecars } from './several-default-sidecars';
import { severalDefaultTelemetries } from './several-default-telemetries';
import { severalInjectionLabels } from './several-injection-labels';
import { sidecarConflict } from './sidecar-conflict';
import { sidecarInAmbient } from './sidecar-in-ambient';
import { subsetNotFound } from './subset-not-found';
import { subsetWithoutEffect } from './subset-without-effect';
import { subsetWithoutPods } from './subset-without-pods';
import { targetPortOfTwoPorts } from './target-port-of-two-ports';
import { tcpWithoutAddresses } from './tcp-without-addresses';
import { telemetryConflict } from './telemetry-conflict';
import { telemetryWithoutProvider } from './telemetry-without-provider';
import { unknownAnnotation } from './unknown-annotation';

/** What `istioctl analyze` says, one rule for each message. Profile `istioctl` runs these and nothing else. */
export const istioctlRules: readonly Rule[] = [
  certificateOnTwoGateways,
  claimWithoutAuthentication,
  controlPlaneAddress,
  controlPlaneByIp,
  credentialInvalid,
  credentialNotFound,
  deprecatedAnnotation,
  deprecatedFeature,
  destinationHostNotFound,
  destinationPortNotFound,
  destinationPortRequired,
  externalNamePort,
  gatewayApiTooOld,
  gatewayNotFound,
  gatewaysConflict,
  hostNotInGateway,
  hostOnMeshTwice,
  imageAutoNotInjected,
  ineffectiveSelector,
  internalGateway,
  invalidAnnotation,
  invalidWebhook,
  jwksUnrestricted,
  misplacedAnnotation,
  namespaceInjectedByDefault,
  namespaceNotInjected,
  negativeCondition,
  patchAdd,
  patchOfOtherVersion,
  patchRemove,
  patchReplace,
  patchWithoutPriority,
  podImageAuto,
  podWithoutProxy,
  policyNamespaceNotFound,
  policyWithoutWorkloads,
  portName,
  portOfTwoProtocols,
  portWithoutVerification,
  protocolsConflict,
  proxyImageMismatch,
  reservedUser,
  ruleHostUnknown,
  ruleWithoutVerification,
  selectorMatchesNoPod,
  serverPortNotOnService,
  severalDefaultSidecars,
  severalDefaultTelemetries,
  severalInjectionLabels,
  sidecarConflict,
  sidecarInAmbient,
  subsetNotFound,
  subsetWithoutEffect,
  subsetWithoutPods,
  targetPortOfTwoPorts,
  tcpWithoutAddresses,
  telemetryConflict,
  telemetryWithoutProvider,
  unknownAnnotation,
];
