import { isSelectedBy } from '../../mesh/destination-rules';
import { meshFacts } from '../../mesh/facts';
import { type Fields, fields, labels, text } from '../../model/guards';
import type { Resource } from '../../model/resource';
import type { Labels, WorkloadSpec } from '../../model/specs';
import type { View } from '../../workspace/view';
import { readYaml } from '../../yaml/read';
import { plainValue } from '../../yaml/walk';
import { parsedJson, proxyContainer, revisionLabel } from './injection';
import { seen } from './message';
import { othersIn } from './objects';

const injector = 'istio-sidecar-injector';

/** The image that the injector of a namespace gives its Pods; nothing when its configuration is not among the files. */
export function injectedImage(view: View, namespace: Resource<'Namespace'>): string | undefined {
  const revision = namespace.labels[revisionLabel] ?? 'default';
  const name = revision === '' || revision === 'default' ? injector : `${injector}-${revision}`;
  return view.derive('istioctl/injected-image', name, () => {
    const map = seen(view, 'ConfigMap').findLast((it) => it.name === name);
    return map && imageIn(fields(parsedJson(map.spec.data?.values ?? '')));
  });
}

/** A name with a slash is a whole one. */
function imageIn({ global }: Fields): string {
  const { hub, tag, proxy } = fields(global);
  const image = text(fields(proxy).image) ?? '';
  return image.includes('/') ? image : `${text(hub) ?? ''}/${image}:${text(tag) ?? ''}`;
}

/** Whether a Pod has the proxy that would be injected, or the variant of it that is asked for. */
export function hasImage(view: View, namespace: string, pod: WorkloadSpec, image: string): boolean {
  const proxies = [...(pod.containers ?? []), ...(pod.initContainers ?? [])].filter(
    (it) => it.name === proxyContainer,
  );
  const wanted = [image, `${image}-${variantOf(view, namespace, pod)}`];
  return proxies.every((it) => wanted.includes(it.image ?? ''));
}

/** The word that is said nearest to the Pod: by itself, a ProxyConfig for it, its namespace, the mesh. */
function variantOf(
  view: View,
  namespace: string,
  { labels: own = {}, annotations = {} }: WorkloadSpec,
): string {
  const written = plainValue(readYaml(annotations['proxy.istio.io/config'] ?? '').root);
  const root = meshFacts(view).rootNamespace.value;
  const said =
    imageType(fields(written)) ||
    typeFrom(othersIn(view, 'ProxyConfig', namespace), own) ||
    typeFrom(othersIn(view, 'ProxyConfig', namespace)) ||
    typeFrom(othersIn(view, 'ProxyConfig', root)) ||
    meshFacts(view).proxyImageType.value;
  return said === 'default' ? '' : said;
}

function typeFrom(configs: readonly Resource<'Other'>[], own?: Labels): string {
  const fitting = configs.filter(({ spec: { selector } }) =>
    own ? selector && isSelectedBy(labels(fields(selector).matchLabels), own) : !selector,
  );
  return imageType(fields(fitting.at(-1)?.spec));
}

function imageType({ image }: Fields): string {
  return text(fields(image).imageType) ?? '';
}
