import { type Fields, fields, items, labels, text, whole } from './guards';
import type {
  ConfigMapSpec,
  KubernetesServicePort,
  NamespaceSpec,
  SecretSpec,
  ServiceSpec,
  WorkloadSpec,
} from './specs';

/** An API server fills in `protocol` and `targetPort`, so the model has them too. */
export function lowerService(object: Fields): ServiceSpec {
  const spec = fields(object.spec);
  return {
    type: text(spec.type),
    selector: spec.selector === undefined || spec.selector === null ? undefined : labels(spec.selector),
    clusterIP: text(spec.clusterIP),
    externalName: text(spec.externalName),
    ports: items(spec.ports).map(lowerServicePort),
  };
}

function lowerServicePort(value: unknown): KubernetesServicePort {
  const port = fields(value);
  const number = whole(port.port);
  return {
    name: text(port.name),
    port: number,
    targetPort: whole(port.targetPort) ?? text(port.targetPort) ?? number,
    protocol: text(port.protocol) ?? 'TCP',
    appProtocol: text(port.appProtocol),
  };
}

/** A Pod is its own template. */
export function lowerWorkload(object: Fields, writtenKind: string): WorkloadSpec {
  const template = writtenKind === 'Pod' ? object : fields(fields(object.spec).template);
  const metadata = fields(template.metadata);
  const spec = fields(template.spec);
  return {
    labels: labels(metadata.labels),
    annotations: labels(metadata.annotations),
    hostNetwork: spec.hostNetwork === true,
    containers: items(spec.containers).map((value) => {
      const container = fields(value);
      return {
        name: text(container.name),
        image: text(container.image),
        ports: items(container.ports).map((port) => ({
          name: text(fields(port).name),
          containerPort: whole(fields(port).containerPort),
        })),
      };
    }),
  };
}

export function lowerNamespace(): NamespaceSpec {
  return {};
}

export function lowerConfigMap(object: Fields): ConfigMapSpec {
  return { data: labels(object.data) };
}

/** Only the names of the keys: the engine never holds a secret's content. */
export function lowerSecret(object: Fields): SecretSpec {
  return {
    type: text(object.type),
    keys: [...new Set([...Object.keys(fields(object.data)), ...Object.keys(fields(object.stringData))])],
  };
}
