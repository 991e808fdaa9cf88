import { type Origin, origin } from '../mesh/origin';
import type { Resource } from '../model/resource';
import type { Labels } from '../model/specs';
import type { View } from '../workspace/view';
import { type CaptureRules, captureRules } from './capture-rules';
import type { PodTemplate } from './pod-templates';

/** Which requests of a pod its sidecar sees. What it does not see leaves as the application sent it. */
export interface Capture {
  /** Equal keys mean that the same requests are seen. */
  readonly key: string;
  /** The pod has no sidecar, or one that nothing is led to. */
  readonly none?: Cause;
  readonly rules: CaptureRules;
}

export interface Cause {
  readonly reason: string;
  readonly origin?: Origin;
}

const injectLabel = 'sidecar.istio.io/inject';
const revisionLabel = 'istio.io/rev';
const injectionLabel = 'istio-injection';
const dataplaneLabel = 'istio.io/dataplane-mode';
const proxyContainer = 'istio-proxy';
const proxyUser = 1337;
const modeAnnotation = 'sidecar.istio.io/interceptionMode';

/** Pods of a namespace about which nothing but these labels is known. */
export function captureOfLabels(view: View, namespace: string, labels: Labels): Capture {
  const none =
    labels[injectLabel] === 'false' ? { reason: byLabel } : excludedByNamespace(view, namespace, labels);
  return toCapture(none, captureRules(view, undefined));
}

/** Pods of a template of the files. */
export function captureOfTemplate(view: View, template: PodTemplate): Capture {
  return toCapture(withoutSidecar(view, template), captureRules(view, template));
}

function toCapture(none: Cause | undefined, rules: CaptureRules): Capture {
  return { key: none ? `none: ${none.reason}` : rules.key, ...(none && { none }), rules };
}

const byLabel = `the label "${injectLabel}" keeps the sidecar out of these pods`;

function withoutSidecar(view: View, { resource, namespace, pod, path }: PodTemplate): Cause | undefined {
  const { labels = {}, annotations = {}, containers = [], runAsUser } = pod;
  const at = (...steps: string[]): Origin => origin(resource, ...path, ...steps);
  if (pod.hostNetwork) {
    const reason = 'these pods use the network of their node, where no sidecar is put';
    return { reason, origin: at('spec', 'hostNetwork') };
  }
  if (annotations[modeAnnotation] === 'NONE') {
    const reason = `the annotation "${modeAnnotation}" leads no connection of these pods to the sidecar`;
    return { reason, origin: at('metadata', 'annotations', modeAnnotation) };
  }
  const applications = containers.filter((it) => it.name !== proxyContainer);
  if (applications.some((it) => (it.runAsUser ?? runAsUser) === proxyUser)) {
    const reason = `a container runs as user ${proxyUser}, the proxy's own, whose connections are never led to the sidecar`;
    return { reason, origin: at('spec') };
  }
  if (applications.length < containers.length) {
    return undefined;
  }
  if (labels[injectLabel] === 'false') {
    return { reason: byLabel, origin: at('metadata', 'labels', injectLabel) };
  }
  if (labels[injectLabel] === undefined && annotations[injectLabel] === 'false') {
    const reason = `the annotation "${injectLabel}" keeps the sidecar out of these pods`;
    return { reason, origin: at('metadata', 'annotations', injectLabel) };
  }
  return excludedByNamespace(view, namespace, labels);
}

/** A label that switches injection off in a namespace outweighs what its pods ask for. */
function excludedByNamespace(view: View, name: string, labels: Labels): Cause | undefined {
  const namespace = view.find('Namespace', '', name);
  if (!namespace || isAmbient(namespace.labels, labels)) {
    return undefined;
  }
  const mode = namespace.labels[injectionLabel];
  if (mode !== undefined && mode !== 'enabled') {
    return {
      reason: `the label "${injectionLabel}: ${mode}" keeps sidecars out of the whole namespace`,
      origin: origin(namespace, 'metadata', 'labels', injectionLabel),
    };
  }
  return undefined;
}

/** Whether a label puts sidecars into the pods of a namespace; without one their own labels or the installation may. */
export function asksForSidecar({ labels }: Resource<'Namespace'>): boolean {
  return [injectionLabel, revisionLabel].some((it) => labels[it] !== undefined) || isAmbient(labels, {});
}

/** A pod may leave the mode of its namespace, or enter it alone. */
function isAmbient(namespace: Labels, pod: Labels): boolean {
  return (pod[dataplaneLabel] ?? namespace[dataplaneLabel]) === 'ambient';
}
