import { failures } from '../intent/ways';
import type { Origin } from '../mesh/origin';
import type { TracedPath } from '../traffic/request';
import type { Asked } from './asked';
import type { Ending } from './row';
import { distinctPlaces } from './row-key';
import { whyDirect } from './why-direct';
import { whyUnknown } from './why-unknown';

/** One way of a request in the words of the audit. */
export function endingOf(asked: Asked, path: TracedPath): Ending {
  const { outcome, via } = path;
  const decidedBy = placesOf(path);
  if (failures.has(outcome)) {
    return { verdict: 'broken', via, reason: failing(path), decidedBy };
  }
  switch (outcome) {
    case 'external':
      return via.length > 0
        ? { verdict: 'gateway', via, reason: leaving(asked, path), decidedBy }
        : { verdict: 'direct', via, ...whyDirect(asked, path, decidedBy) };
    case 'mesh':
      return insideOf(asked, path, decidedBy);
    case 'passthrough':
      return { verdict: 'passthrough', via, ...whyUnknown(asked, path, decidedBy) };
    case 'blocked':
      return { verdict: 'blocked', via, ...whyUnknown(asked, path, decidedBy) };
    case 'direct-response':
      return { verdict: 'blocked', via, reason: answered(path), decidedBy };
    case 'redirect':
      return {
        verdict: 'blocked',
        via,
        reason: 'are sent to another URL by the proxy, so none of them leaves',
        decidedBy,
      };
    default: {
      const reason = `were not followed: ${path.reason ?? 'something on the way is not known'}`;
      return { verdict: 'not-evaluated', via, reason, decidedBy };
    }
  }
}

/** The last proxy decides where requests end, the first how they set out; each place is there once. */
function placesOf({ hops }: TracedPath): readonly Origin[] {
  const [first, ...others] = hops.map((it) => it.decidedBy);
  return others.length === 0 ? (first ?? []) : distinctPlaces([first ?? [], ...others].flat());
}

function failing({ hops, reason, outcome }: TracedPath): string {
  const proxy = hops.at(-1)?.proxy ?? 'sidecar';
  const where = proxy.startsWith('gateway ') ? `gateway "${proxy.slice('gateway '.length)}"` : 'sidecar';
  return `fail at the ${where}: ${reason ?? outcome}`;
}

function leaving({ destination }: Asked, { via, host, port }: TracedPath): string {
  const through = `leave through gateway ${via.map((it) => `"${it}"`).join(' and then ')}`;
  const same = host === destination.host && port === String(destination.port);
  return same ? through : `${through} and arrive at "${host}:${port}"`;
}

/** What ends at a Service has not left, unless that stands for something outside. */
function insideOf({ destination }: Asked, path: TracedPath, decidedBy: readonly Origin[]): Ending {
  const { via, host } = path;
  const itself = host === destination.host && destination.outside;
  if (via.length > 0) {
    const reason = `pass gateway ${via.map((it) => `"${it}"`).join(' and then ')} and end at Service "${host}" of the mesh`;
    return { verdict: 'gateway', via, reason, decidedBy };
  }
  return itself
    ? {
        verdict: 'direct',
        via,
        reason:
          'leave directly from the sidecar: the addresses of this Service are written by hand and no route leads to a gateway',
        decidedBy,
      }
    : {
        verdict: 'not-evaluated',
        via,
        reason: `end at Service "${host}" of the mesh: what its pods send on is not for routes to say`,
        decidedBy,
      };
}

function answered({ status, hops }: TracedPath): string {
  const isGateway = hops.at(-1)?.proxy.startsWith('gateway ');
  return `are answered by the ${isGateway ? 'gateway' : 'sidecar'} itself${status ? ` with status ${status}` : ''}, so none of them leaves`;
}
