import { serviceHostname } from '../../mesh/hosts';

/** Only a name without any dot is completed, as in istioctl: `reviews.default` stays what it is. */
export function qualifiedHost(host: string, namespace: string): string {
  return host.startsWith('*') || host.includes('.') ? host : serviceHostname(host, namespace);
}

/** The object istioctl takes a host for: a Service when it is written out, else something of the writer's namespace. */
export function objectNamed(host: string, namespace: string): string {
  const [, name, home] = /^(.+)\.(.+)\.svc\.cluster\.local$/.exec(host) ?? [];
  return name !== undefined && home !== undefined ? `${home}/${name}` : `${namespace}/${host}`;
}
