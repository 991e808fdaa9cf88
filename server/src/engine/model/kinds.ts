import type { Kind } from './resource';

const istioNetworking = 'networking.istio.io';

/** Workload templates, and the Pods they make. */
const workloadKinds = new Set(['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);

export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** Whether `apiVersion` belongs to one of Istio's own API groups. */
export function isIstioGroup(apiVersion: string): boolean {
  return groupOf(apiVersion).endsWith('.istio.io');
}

/** A Gateway of the Gateway API is not Istio's Gateway, so the group decides as much as the kind. */
export function kindOf(apiVersion: string, writtenKind: string): Kind {
  const group = groupOf(apiVersion);
  if (group === istioNetworking) {
    switch (writtenKind) {
      case 'ServiceEntry':
      case 'Gateway':
      case 'DestinationRule':
      case 'VirtualService':
      case 'Sidecar':
      case 'WorkloadEntry':
        return writtenKind;
      default:
        return 'Other';
    }
  }
  if (group === '' && apiVersion === 'v1') {
    switch (writtenKind) {
      case 'Service':
      case 'Namespace':
      case 'ConfigMap':
      case 'Secret':
        return writtenKind;
      case 'Pod':
        return 'Workload';
      default:
        return 'Other';
    }
  }
  return group === 'apps' && workloadKinds.has(writtenKind) ? 'Workload' : 'Other';
}
