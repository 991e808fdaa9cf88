import type { Path } from '../yaml/node';
import { checkAnnotations } from './annotations';
import { checkAuthorizationPolicy } from './authorization-policy/authorization-policy';
import { checkDecoding } from './decode';
import { checkDestinationRule } from './destination-rule/destination-rule';
import { checkEnvoyFilter } from './envoy-filter/envoy-filter';
import { checkGateway } from './gateway';
import { Part } from './part';
import { checkPeerAuthentication } from './peer-authentication';
import { checkProxyConfig } from './proxy-config';
import { Report, type ValidationContext, type ValidationFinding } from './report';
import { checkRequestAuthentication } from './request-authentication';
import { checkServiceEntry } from './service-entry/service-entry';
import { checkSidecar } from './sidecar/sidecar';
import { checkTelemetry } from './telemetry';
import { checkTrafficExtension } from './traffic-extension';
import { checkVirtualService } from './virtual-service/virtual-service';
import { checkWasmPlugin } from './wasm-plugin';
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
