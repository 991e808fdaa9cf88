import { message } from './message';
import { isA } from './objects';

const bundleVersion = 'gateway.networking.k8s.io/bundle-version';

/** The oldest version of the Gateway API, as major and minor, whose definitions Istio 86c9f01 watches. */
const oldest: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['grpcroutes.gateway.networking.k8s.io', [1, 1]],
  ['backendtlspolicies.gateway.networking.k8s.io', [1, 4]],
  ['tlsroutes.gateway.networking.k8s.io', [1, 5]],
  ['tcproutes.gateway.networking.k8s.io', [1, 6]],
]);

export const gatewayApiTooOld = message({
  name: 'istioctl/gateway-api-too-old',
  istio: 'IST0176',
  severity: 'warning',
  summary: 'A definition of the Gateway API is older than Istio reads, so objects of the kind are not seen.',
  on: 'Other',

  *check(definition) {
    const needed = oldest.get(definition.name);
    if (!needed || !isA(definition, 'CustomResourceDefinition')) {
      return;
    }
    const written = definition.annotations[bundleVersion] ?? '';
    const [, major, minor] = /^v?(\d+)(?:\.(\d+))?(?:\.\d+)?(?:[-+].*)?$/.exec(written) ?? [];
    const order = Number(major) - needed[0] || Number(minor ?? 0) - needed[1];
    if (major !== undefined && order < 0) {
      yield {
        path: ['metadata', 'annotations', bundleVersion],
        message: `Istio reads "${definition.name}" from version ${needed.join('.')} of the Gateway API on, and this is ${written}, so it sees no such objects`,
      };
    }
  },
});
