import { expectsSidecars, injectName, proxyContainer } from './injection';
import { message } from './message';

export const podWithoutProxy = message({
  name: 'istioctl/pod-without-proxy',
  istio: 'IST0103',
  severity: 'warning',
  summary: 'A Pod has no proxy in a namespace whose Pods get one.',
  on: 'Workload',

  *check(pod, view) {
    const namespace = view.find('Namespace', '', pod.namespace);
    if (pod.writtenKind !== 'Pod' || !namespace || !expectsSidecars(namespace)) {
      return;
    }
    const { labels, annotations, hostNetwork, containers = [], initContainers = [] } = pod.spec;
    const asked = labels?.[injectName] ?? annotations?.[injectName];
    const proxy = [...containers, ...initContainers].find((it) => it.name === proxyContainer);
    if (asked?.toLowerCase() !== 'false' && !hostNetwork && !proxy?.image) {
      yield {
        path: ['metadata', 'name'],
        message: `"${pod.name}" has no container "${proxyContainer}", though its namespace asks for sidecars: Pods made before the label get one when they are made anew`,
      };
    }
  },
});
