import type { Path } from '../yaml/node';
import { checkAnnotations } from './annotations';
import { checkPeerAuthentication, checkRequestAuthentication } from './authentication';
import { checkAuthorizationPolicy } from './authorization-policy';
import { checkDecoding } from './decode';
import { checkDestinationRule } from './destination-rule';
import { checkEnvoyFilter } from './envoy-filter';
import { checkProxyConfig, checkTrafficExtension, checkWasmPlugin } from './extensions';
import { checkGateway } from './gateway';
import { Part } from './part';
import { Report, type ValidationContext, type ValidationFinding } from './report';
import { checkServiceEntry } from './service-entry';
import { checkSidecar } from './sidecar';
import { checkTelemetry } from './telemetry';
import { checkVirtualService } from './virtual-service';
import { checkWorkloadEntry } from './workload-entry';
import { checkWorkloadGroup } from './workload-group';

export type { ValidationContext, ValidationFinding } from './report';

const checks: { readonly [kind: string]: (object: Part, report: Report) => void } = {
  AuthorizationPolicy: checkAuthorizationPolicy,
  DestinationRule: checkDestinationRule,
  EnvoyFilter: checkEnvoyFilter,
  Gateway: checkGateway,
  PeerAuthentication: checkPeerAuthentication,
  ProxyConfig: checkProxyConfig,
  RequestAuthentication: checkRequestAuthentication,
  ServiceEntry: checkServiceEntry,
  Sidecar: checkSidecar,
  Telemetry: checkTelemetry,
  TrafficExtension: checkTrafficExtension,
  VirtualService: checkVirtualService,
  WasmPlugin: checkWasmPlugin,
  WorkloadEntry: checkWorkloadEntry,
  WorkloadGroup: checkWorkloadGroup,
};

/** What istiod's webhook would say to an object of one of Istio's kinds that the API server has let through. */
export function validate(
  kind: string,
  object: unknown,
  base: Path,
  context: ValidationContext,
): readonly ValidationFinding[] {
  const check = Object.hasOwn(checks, kind) ? checks[kind] : undefined;
  if (!check) {
    return [];
  }
  const report = new Report(context);
  const root = Part.root(object, base);
  if (checkDecoding(kind, root.field('spec'), report) && checkAnnotations(kind, root, report)) {
    check(root, report);
  }
  return report.findings;
}
