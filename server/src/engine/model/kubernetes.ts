import { type Fields, fields, items, labels, text, whole } from './guards';
import type {
  ConfigMapSpec,
  Container,
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
  const selector = labels(fields(fields(object.spec).selector).matchLabels);
  const nodeName = text(spec.nodeName);
  return {
    ...(Object.keys(selector).length > 0 && { selector }),
    ...(nodeName && { nodeName }),
    labels: labels(metadata.labels),
    annotations: labels(metadata.annotations),
    hostNetwork: spec.hostNetwork === true,
    runAsUser: runAsUser(spec),
    containers: items(spec.containers).map(lowerContainer),
    initContainers: items(spec.initContainers).map(lowerContainer),
  };
}

function lowerContainer(value: unknown): Container {
  const container = fields(value);
  return {
    name: text(container.name),
    image: text(container.image),
    ports: items(container.ports).map((port) => ({
      name: text(fields(port).name),
      containerPort: whole(fields(port).containerPort),
    })),
    runAsUser: runAsUser(container),
    variables: items(container.env)
      .map(fields)
      .flatMap(({ name, value }) => (text(value) ? (text(name) ?? []) : [])),
  };
}

function runAsUser({ securityContext }: Fields): number | undefined {
  return whole(fields(securityContext).runAsUser);
}

export function lowerNamespace(): NamespaceSpec {
  return {};
}

export function lowerConfigMap(object: Fields): ConfigMapSpec {
  return { data: labels(object.data) };
}

/** Only the names of the keys, and which of them hold PEM: the engine never keeps a secret's content. */
export function lowerSecret(object: Fields): SecretSpec {
  const encoded = Object.entries(fields(object.data));
  const plain = Object.entries(fields(object.stringData));
  const pem = [
    ...encoded.filter(([, value]) => encodedPem.test(text(value)?.replace(/\s/g, '') ?? '')),
    ...plain.filter(([, value]) => text(value)?.includes('-----BEGIN')),
  ];
  const names = (entries: readonly (readonly [string, unknown])[]): readonly string[] => [
    ...new Set(entries.map(([name]) => name)),
  ];
  return { type: text(object.type), keys: names([...encoded, ...plain]), pem: names(pem) };
}

/** "-----BEGIN" in base64, at each of the three places of a group where it may start. */
const encodedPem = /LS0tLS1CRUdJT|0tLS0tQkVHSU|tLS0tLUJFR0lO/;
