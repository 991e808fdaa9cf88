import { choice, quoted } from '../../schema/words';
import type { Part } from '../part';
import { headOf, type Report, removal } from '../report';
import { checkHeaderOperations } from '../shared/headers';
import { checkDuration } from '../shared/scalars';
import { checkWeights } from '../shared/weights';
import { isAuthorityHeader } from '../values/names';
import { checkCors } from './http-cors';
import { checkFault } from './http-fault';
import { checkMatches } from './http-match';
import { checkMirrors } from './http-mirror';
import { checkRedirect, checkRewrite } from './http-redirect';
import { checkDirectResponse } from './http-response';
import { checkRetries } from './http-retries';

interface Options {
  /** Whether the VirtualService is one that others delegate to. */
  readonly isDelegate: boolean;
  readonly isMade: boolean;
}

/** Most routes have few of these. */
const sections: readonly (readonly [field: string, check: (route: Part, report: Report) => void])[] = [
  ['match', checkMatches],
  ['headers', checkHeaderOperations],
  ['headers', checkAuthority],
  ['corsPolicy', checkCors],
  ['fault', checkFault],
  ['redirect', checkRedirect],
  ['directResponse', checkDirectResponse],
  ['retries', checkRetries],
  ['rewrite', checkRewrite],
];

export function checkHttpRoute(route: Part, report: Report, { isDelegate, isMade }: Options): void {
  if (route.has('delegate') && !isDelegate) {
    checkDelegating(route, report);
  } else {
    checkAction(route, isDelegate, report);
  }
  for (const [name, check] of sections) {
    if (route.has(name)) {
      check(route, report);
    }
  }
  checkMirrors(route, report);
  for (const destination of route.items('route')) {
    checkHeaderOperations(destination, report);
  }
  checkWeights(route, report, isMade);
  checkDuration(route, 'timeout', report);
}

/** What a route hands over to a delegate it must not do itself. */
function checkDelegating(route: Part, report: Report): void {
  for (const name of ['redirect', 'route']) {
    if (name === 'route' ? route.count(name) > 0 : route.has(name)) {
      const at = route.field(name);
      const message = `this route hands its requests to "delegate", so "${name}" belongs into the delegate`;
      report.whole('virtual-service/delegate', at, message, {
        key: true,
        fixes: [removal(`Remove "${name}"`, at)],
      });
    }
  }
}

function checkAction(route: Part, isDelegate: boolean, report: Report): void {
  const delegate = route.field('delegate');
  if (isDelegate && route.has('delegate')) {
    report.whole(
      'virtual-service/delegate',
      delegate,
      'a delegate cannot delegate further: route the requests here',
      {
        key: true,
        fixes: [removal('Remove "delegate"', delegate)],
      },
    );
  }
  const action = ['redirect', 'directResponse'].find((it) => route.has(it));
  if (action) {
    checkBeside(route, action, report);
  } else if (route.count('route') === 0 && !route.has('delegate')) {
    const message = `a route needs one of ${choice(['route', 'redirect', 'directResponse'])}, or it does not know what to do with its requests`;
    const [at, details] = headOf(route);
    report.whole('virtual-service/no-routes', at, message, details);
  }
  if (route.has('mirror') && route.count('mirrors') > 0) {
    const message = '"mirrors" has taken the place of "mirror": put all of them into "mirrors"';
    report.whole('virtual-service/mirror', route.field('mirror'), message, { key: true });
  }
}

/** A request that is answered here goes nowhere, so nothing else can be done with it. */
function checkBeside(route: Part, action: string, report: Report): void {
  const others = ['route', 'fault', 'rewrite', ...(action === 'redirect' ? ['directResponse'] : [])];
  for (const name of others.filter((it) => (it === 'route' ? route.count(it) > 0 : route.has(it)))) {
    const at = route.field(name);
    const message = `"${action}" answers the request, so "${name}" can never happen: keep one of them`;
    report.whole('virtual-service/route-conflict', at, message, {
      key: true,
      fixes: [removal(`Remove "${name}"`, at), removal(`Remove "${action}"`, route.field(action))],
    });
  }
}

function checkAuthority(route: Part, report: Report): void {
  const request = route.get('headers')?.get('request');
  if (!request) {
    return;
  }
  let set = route.field('rewrite').text('authority');
  for (const [name, value] of [...request.entries('set'), ...request.entries('add')]) {
    if (!isAuthorityHeader(name)) {
      continue;
    }
    if (set !== '') {
      const message = `the authority is already set to ${quoted(set)}: set it in one place, best in "rewrite.authority"`;
      report.whole('virtual-service/rewrite', value, message, {
        key: true,
        fixes: [removal(`Remove "${name}"`, value)],
      });
      return;
    }
    set = value.asText;
  }
}
