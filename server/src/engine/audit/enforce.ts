import { findGatewayProxy, type GatewayProxy } from '../mesh/gateways';
import { isIpAddress, serviceHostname } from '../mesh/hosts';
import type { TracedPath } from '../traffic/request';
import type { View } from '../workspace/view';
import type { Asked } from './asked';
import { requestNamespace } from './clients';
import type { Destination } from './destinations';
import type { NetworkPolicy } from './network-policies';
import { mayReach, type Pods, type Reach, type Target, takesFrom } from './policy-reach';
import type { Ending } from './row';
import { policyNames } from './words';

/** What the proxies decided, and after it what NetworkPolicies let through of that. */
export function enforced(
  asked: Asked,
  ending: Ending,
  address: string | undefined,
  path?: TracedPath,
): Ending {
  switch (ending.verdict) {
    case 'direct':
    case 'passthrough':
      return directly(asked, ending, address);
    case 'gateway':
      return throughGateways(asked, ending, path);
    default:
      return ending;
  }
}

function directly({ view, client, destination }: Asked, ending: Ending, address: string | undefined): Ending {
  const pods: Pods = { namespace: requestNamespace(client), labels: client.labels };
  const reach = outsideReach(view, pods, destination, ending.verdict === 'direct' ? address : undefined);
  if (reach.is !== 'no') {
    return ending;
  }
  return {
    ...ending,
    verdict: 'blocked',
    reason: `${ending.reason}, but ${policyWords(reach.policies)} no address outside, so they fail`,
    decidedBy: [...reach.policies.map((it) => it.origin), ...ending.decidedBy],
  };
}

function throughGateways(
  { view, client, destination }: Asked,
  ending: Ending,
  path: TracedPath | undefined,
): Ending {
  const gateways = ending.via.map((it) => gatewayOf(view, it));
  const [first] = gateways;
  const last = gateways.at(-1);
  if (!first || !last) {
    return ending;
  }
  const pods: Pods = { namespace: requestNamespace(client), labels: client.labels };
  const gateway: Target & { readonly kind: 'pods' } = {
    kind: 'pods',
    pods: podsOf(first),
    ...portOf(path),
    portNames: first.pod.containerPorts,
  };
  const out = mayReach(view, pods, gateway);
  if (out.is === 'no') {
    return broken(ending, out, `${policyWords(out.policies)} gateway "${first.id}"`);
  }
  const taken = takesFrom(view, gateway.pods, pods, gateway);
  if (taken.is === 'no') {
    const names = policyNames(taken.policies);
    return broken(
      ending,
      taken,
      `NetworkPolicy ${names} lets gateway "${first.id}" take no connection from these pods`,
    );
  }
  const left = outsideReach(view, podsOf(last), destination, undefined);
  const names = policyNames(left.policies);
  return left.is === 'no'
    ? broken(ending, left, `NetworkPolicy ${names} lets gateway "${last.id}" reach no address outside`)
    : ending;
}

function broken(ending: Ending, { policies }: Reach, why: string): Ending {
  return {
    ...ending,
    verdict: 'broken',
    reason: `${ending.reason} as far as the proxies decide, but ${why}, so they fail`,
    decidedBy: [...policies.map((it) => it.origin), ...ending.decidedBy],
  };
}

function policyWords(policies: readonly NetworkPolicy[]): string {
  const names = policyNames(policies);
  return `NetworkPolicy ${names} lets these pods reach`;
}

function gatewayOf(view: View, id: string): GatewayProxy | undefined {
  const [namespace, name] = id.split('/');
  return findGatewayProxy(view, serviceHostname(name!, namespace!));
}

function podsOf({ namespace, labels }: GatewayProxy): Pods {
  return { namespace, labels };
}

/** The port on which the first gateway took the request: the end of its listener's name. */
function portOf(path: TracedPath | undefined): { readonly port?: number } {
  const listener = path?.hops.find((it) => it.proxy.startsWith('gateway '))?.listener;
  const port = /_(\d+)$/.exec(listener ?? '')?.[1];
  return port === undefined ? {} : { port: Number(port) };
}

/** Whether pods reach a destination by themselves. Where its addresses are not written, by any address. */
function outsideReach(view: View, pods: Pods, destination: Destination, address: string | undefined): Reach {
  const { endpoints, target } = destination;
  const written = endpoints.length > 0 ? endpoints : address === undefined ? [] : [address];
  const addresses = written.length > 0 && written.every(isIpAddress) ? written : [undefined];
  const answers = addresses.map(
    (it): Reach =>
      mayReach(view, pods, {
        kind: 'outside',
        ...(it !== undefined && { address: it }),
        ...(target !== undefined && { port: target }),
        ...(destination.protocol === 'UDP' && { protocol: 'UDP' }),
      }),
  );
  return answers.find((it) => it.is === 'yes') ?? answers.find((it) => it.is === 'unknown') ?? answers[0]!;
}
