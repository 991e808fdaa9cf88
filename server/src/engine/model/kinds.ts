import type { Kind } from './resource';

const istioNetworking = 'networking.istio.io';

/** Workload templates, and the Pods they make. */
const workloadKinds = new Set(['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);

/** Kinds of Kubernetes, of its extensions and of the Gateway API that belong to the cluster and to no namespace. */
const clusterKinds: ReadonlySet<string> = new Set([
  '/Namespace',
  '/Node',
  '/PersistentVolume',
  'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  'apiextensions.k8s.io/CustomResourceDefinition',
  'apiregistration.k8s.io/APIService',
  'gateway.networking.k8s.io/GatewayClass',
  'networking.k8s.io/IngressClass',
  'rbac.authorization.k8s.io/ClusterRole',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
  'scheduling.k8s.io/PriorityClass',
  'storage.k8s.io/StorageClass',
]);

export function isClusterKind(apiVersion: string, writtenKind: string): boolean {
  return clusterKinds.has(`${groupOf(apiVersion)}/${writtenKind}`);
}

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
