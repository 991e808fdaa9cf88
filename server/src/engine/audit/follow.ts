import { sampleOf } from '../intent/probes';
import { variantsOf } from '../intent/variants';
import { virtualServicesFor } from '../mesh/routed-hosts';
import type { Request, TracedPath } from '../traffic/request';
import { trace } from '../traffic/trace';
import type { View } from '../workspace/view';
import type { Asked, Asker } from './asked';
import { isCaptured } from './capture-rules';
import { type Client, requestNamespace } from './clients';
import { type Destination, nameOf } from './destinations';
import { endingOf } from './ending';
import { enforced } from './enforce';
import type { Ending } from './row';
import { endingKey } from './row-key';
import { strangerPaths } from './strangers';
import { allOthers } from './words';

/** More addresses of one host do not make a better answer. */
const mostAddresses = 8;

/** How requests of a client to a destination end: one ending for each way that is unlike the others. Never empty. */
export function follow(asker: Asker, destination: Destination): readonly Ending[] {
  const { view, client } = asker;
  const asked: Asked = { ...asker, destination };
  return joined(
    addressesOf(view, destination).flatMap((address, _index, all) => {
      const uncaptured = pastSidecar(client, destination, address);
      const endings = uncaptured ? [enforced(asked, uncaptured, address)] : followed(asked, address);
      return endings.map((it) => (all.length > 1 && address !== undefined ? atAddress(it, address) : it));
    }),
  );
}

/** Those that are written for the host, and those its routes tell apart; without any nobody knows the address. */
function addressesOf(view: View, destination: Destination): readonly (string | undefined)[] {
  const { addresses, scheme } = destination;
  const routed = scheme === 'tcp' ? routedSubnets(view, nameOf(destination)) : [];
  const single = [...addresses, ...routed].map((it) => it.split('/')[0]!);
  const distinct = [...new Set(single)].slice(0, mostAddresses);
  return addresses.length > 0 ? distinct : [undefined, ...distinct];
}

function routedSubnets(view: View, host: string): readonly string[] {
  return view.derive('audit/routed-subnets', host, () =>
    virtualServicesFor(view, host)
      .flatMap((it) => it.tcp)
      .flatMap(({ route }) => route.match ?? [])
      .flatMap((it) => it.destinationSubnets ?? []),
  );
}

function atAddress(ending: Ending, address: string): Ending {
  return {
    ...ending,
    requests: `${ending.requests === undefined ? '' : `${ending.requests} `}at ${address}`,
  };
}

/** Requests that no sidecar sees. */
function pastSidecar(
  { capture }: Client,
  destination: Destination,
  address: string | undefined,
): Ending | undefined {
  if (capture.none) {
    const { reason, origin } = capture.none;
    return {
      verdict: 'direct',
      via: [],
      reason: `leave without a sidecar: ${reason}`,
      decidedBy: origin ? [origin] : [],
    };
  }
  if (destination.protocol === 'UDP') {
    const reason = 'leave past the sidecar, which is given no UDP';
    return { verdict: 'direct', via: [], reason, decidedBy: destination.origin ? [destination.origin] : [] };
  }
  const captured = isCaptured(capture.rules, destination.port, address);
  if (captured.is === 'yes') {
    return undefined;
  }
  const decidedBy = captured.origin ? [captured.origin] : [];
  return captured.is === 'no'
    ? { verdict: 'direct', via: [], reason: `leave past the sidecar: ${captured.rule}`, decidedBy }
    : {
        verdict: 'not-evaluated',
        via: [],
        reason: `may leave past the sidecar: ${captured.rule}, and the address of the host is in no file`,
        decidedBy,
      };
}

interface Way {
  readonly path: TracedPath;
  readonly label: string | undefined;
}

function followed(asked: Asked, address: string | undefined): readonly Ending[] {
  const { view, client, proxy, destination } = asked;
  const request = requestOf(client, destination, address);
  const strange = strangerPaths(view, proxy, request);
  if (strange) {
    return strange.map((path) => enforced(asked, endingOf(asked, path), address, path));
  }
  const ways: readonly Way[] = [
    ...trace(view, request).map((path) => ({ path, label: undefined })),
    ...variantsOf(view, nameOf(destination), request).flatMap((it) =>
      trace(view, it.request).map((path) => ({ path, label: it.label })),
    ),
  ];
  return ways.map(({ path, label }): Ending => {
    const ending = enforced(asked, endingOf(asked, path), address, path);
    const share = path.weight > 0 && path.weight < 100;
    return {
      ...ending,
      ...(label !== undefined && { requests: label }),
      ...(share && { weight: path.weight }),
    };
  });
}

function requestOf(client: Client, destination: Destination, address: string | undefined): Request {
  const { scheme, port } = destination;
  const labels = Object.keys(client.labels).length > 0 ? client.labels : undefined;
  return {
    from: { namespace: requestNamespace(client), ...(labels && { labels }) },
    scheme,
    host: sampleOf(nameOf(destination)),
    port,
    ...(scheme === 'http' && { path: '/' }),
    ...(address !== undefined && { address }),
  };
}

/** Endings that are alike become one, which says for what it holds unless it holds for everything. */
function joined(endings: readonly Ending[]): readonly Ending[] {
  if (endings.length === 1) {
    return endings;
  }
  const groups = new Map<string, Ending[]>();
  for (const ending of endings) {
    const key = endingKey(ending);
    const group = groups.get(key);
    group ? group.push(ending) : groups.set(key, [ending]);
  }
  const all = [...groups.values()];
  return all.map((group) => {
    const { requests: _requests, weight: _weight, ...first } = group[0]!;
    if (all.length === 1) {
      return first;
    }
    const labels = [...new Set(group.map((it) => it.requests))];
    const isRest = labels.includes(undefined);
    const told =
      isRest && endings.every((it) => it.requests === undefined)
        ? ''
        : isRest
          ? allOthers
          : labels.join(', ');
    const weight = labels.length === 1 ? group.reduce((sum, it) => sum + (it.weight ?? 0), 0) : 0;
    return { ...first, ...(told !== '' && { requests: told }), ...(weight > 0 && { weight }) };
  });
}
