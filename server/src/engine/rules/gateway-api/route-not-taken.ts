import type { RouteBlock } from '../../intent/hops';
import { isReadFor } from '../../intent/read-blocks';
import type { ApiListener } from '../../mesh/gateway-api/listeners';
import { isApiRoute, textsIn } from '../../mesh/gateway-api/objects';
import {
  isGatewayReference,
  listenersOf,
  type ParentReference,
  parentReferences,
  parentsFor,
  type Refusal,
  refusalOf,
} from '../../mesh/gateway-api/parents';
import { servicesNamed } from '../../mesh/registry';
import type { MeshPort, MeshService } from '../../mesh/service';
import { fields } from '../../model/guards';
import { asKind, type Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import type { YamlEdit } from '../../yaml/edit';
import { isOnlyAssumed, isSlip } from '../missing';
import { edit, type RuleFinding, type RuleFix, rule } from '../rule';

export const routeNotTaken = rule({
  name: 'gateway-api/route-not-taken',
  layer: 'traffic',
  severity: 'error',
  summary: 'A route of the Gateway API names a parent that has no listener or port for it.',
  on: 'Other',

  *check(resource, view) {
    if (!isApiRoute(resource)) {
      return;
    }
    for (const reference of parentReferences(resource)) {
      const found = isGatewayReference(reference)
        ? refused(view, resource, reference)
        : unread(view, resource, reference);
      if (found) {
        yield found;
      }
    }
  },
});

/** The order in which a listener that comes nearer to taking a route is told apart from others. */
const nearness: readonly Refusal[] = ['port', 'section', 'hostname', 'namespace', 'kind'];

/** The Gateway is there and is one of Istio's, and none of its listeners takes the route. */
function refused(view: View, route: Resource<'Other'>, reference: ParentReference): RuleFinding | undefined {
  const reasons = listenersOf(view, reference).map((listener) => {
    return { listener, refusal: refusalOf(listener, route, reference) };
  });
  if (reasons.length === 0 || reasons.some((it) => it.refusal === undefined)) {
    return undefined;
  }
  const furthest = nearness.findLast((it) => reasons.some(({ refusal }) => refusal === it))!;
  const listeners = reasons.filter((it) => it.refusal === furthest).map((it) => it.listener);
  const [first] = listeners as [ApiListener];
  return {
    ...told[furthest](view, route, reference, listeners),
    related: [{ ...first.gateway.servers[0]!.origin, message: 'This listener does not take the route' }],
  };
}

type Tell = (
  view: View,
  route: Resource<'Other'>,
  reference: ParentReference,
  listeners: readonly ApiListener[],
) => RuleFinding;

const told: { readonly [refusal in Refusal]: Tell } = {
  port: (_view, route, { origin, port, ...parent }, listeners) => {
    const ports = [...new Set(listeners.map((it) => it.port))];
    const path = [...origin.path, 'port'];
    return {
      path,
      message: `The Gateway "${parent.namespace}/${parent.name}" has no listener on port ${port}, only on ${ports.join(', ')}, so it does not take this route`,
      fixes: ports.map((it) =>
        edit(`Use port ${it}`, route, [{ op: 'set', path, value: it }], { preferred: ports.length === 1 }),
      ),
    };
  },
  section: (_view, route, { origin, section = '', ...parent }, listeners) => {
    const names = listeners.map((it) => it.name);
    const meant = names.length === 1 ? names[0] : names.find((it) => isSlip(section, it));
    const path = [...origin.path, 'sectionName'];
    return {
      path,
      message: `The Gateway "${parent.namespace}/${parent.name}" has no listener "${section}", only ${names.map((it) => `"${it}"`).join(', ')}, so it does not take this route`,
      fixes: names.map((it) =>
        edit(`Change to "${it}"`, route, [{ op: 'set', path, value: it }], { preferred: it === meant }),
      ),
    };
  },
  hostname: (view, route, { origin, ...parent }, listeners) => {
    const written = textsIn(route.spec, 'hostnames');
    const path = written.length > 0 ? ['spec', 'hostnames'] : [...origin.path, 'name'];
    const taken = listeners.map((it) => `"${it.hostname}"`).join(', ');
    return {
      path: written.length === 1 ? [...path, 0] : path,
      message: `The Gateway "${parent.namespace}/${parent.name}" takes requests for ${taken} only, so it does not take this route for ${written.map((it) => `"${it}"`).join(', ')}`,
      fixes: hostnameFixes(view, route, written, listeners),
    };
  },
  namespace: (view, route, { origin }, [listener]) => {
    const { resource, path } = listener!.gateway.servers[0]!.origin;
    const isSelected = 'selector' in fields(fields(listenerOf(listener!).allowedRoutes).namespaces);
    const change: YamlEdit = {
      op: 'set',
      path: [...path, 'allowedRoutes', 'namespaces', 'from'],
      value: 'All',
    };
    return {
      path: [...origin.path, 'name'],
      message: `The Gateway "${resource.namespace}/${resource.name}" takes no routes of namespace "${route.namespace}": "allowedRoutes" does not name it`,
      severity: isSelected && !view.settings.closedWorld ? 'info' : 'error',
      fixes: isSelected
        ? []
        : [edit('Let the listener take routes of all namespaces', resource, [change], { preferred: true })],
    };
  },
  kind: (_view, route, { origin, ...parent }, listeners) => {
    const spoken = listeners.map((it) => (it.passthrough ? `${it.protocol}, passed through` : it.protocol));
    return {
      path: [...origin.path, 'name'],
      message: `The Gateway "${parent.namespace}/${parent.name}" takes no ${route.writtenKind} here: its listeners for this route are for ${[...new Set(spoken)].join(', ')}`,
    };
  },
};

function listenerOf({ resource, gateway }: ApiListener): { readonly [key: string]: unknown } {
  const index = gateway.servers[0]!.origin.path[2] as number;
  return fields((resource.spec.listeners as readonly unknown[])[index]);
}

/** Of two names that are almost the same, the one that is registered is right. */
function hostnameFixes(
  view: View,
  route: Resource<'Other'>,
  written: readonly string[],
  listeners: readonly ApiListener[],
): RuleFix[] {
  for (const [index, name] of written.entries()) {
    const listener = listeners.find((it) => isSlip(name, it.hostname));
    if (listener) {
      const { resource, path } = listener.gateway.servers[0]!.origin;
      const isRight = servicesNamed(view, name).length > 0;
      return [
        isRight
          ? edit(
              `Change the hostname of the listener to "${name}"`,
              resource,
              [{ op: 'set', path: [...path, 'hostname'], value: name }],
              { preferred: true },
            )
          : edit(
              `Change to "${listener.hostname}"`,
              route,
              [{ op: 'set', path: ['spec', 'hostnames', index], value: listener.hostname }],
              { preferred: true },
            ),
      ];
    }
  }
  return [];
}

const blocks: { readonly [kind: string]: RouteBlock } = {
  HTTPRoute: 'http',
  GRPCRoute: 'http',
  TLSRoute: 'tls',
  TCPRoute: 'tcp',
};

/** The Service or ServiceEntry is there, and has no port for which sidecars look at routes of this kind. */
function unread(view: View, route: Resource<'Other'>, reference: ParentReference): RuleFinding | undefined {
  const parents = parentsFor(view, route, reference);
  const services = parents
    .flatMap((it) => (it.kind === 'mesh' ? it.hosts : []))
    .flatMap((it) => servicesNamed(view, it));
  const ports = services.flatMap((it) => it.ports);
  const block = blocks[route.writtenKind]!;
  const { port, kind, namespace, name, origin } = reference;
  const asked = port === undefined ? ports : ports.filter((it) => it.number === port);
  if (ports.length === 0 || asked.some((it) => isReadFor(block, it.protocol))) {
    return undefined;
  }
  const fitting = [...new Set(ports.filter((it) => isReadFor(block, it.protocol)).map((it) => it.number))];
  const path = [...origin.path, port === undefined ? 'name' : 'port'];
  const what = `The ${kind} "${namespace}/${name}"`;
  const isMissing = port !== undefined && asked.length === 0;
  return {
    path,
    message: isMissing
      ? `${what} has no port ${port}, only ${ports.map((it) => it.number).join(', ')}, so no sidecar follows this route`
      : `${what} speaks ${spokenOn(asked)}, and sidecars follow no ${route.writtenKind} there`,
    severity: services.some((it) => isMissing && isOnlyAssumed(view, it)) ? 'info' : 'error',
    related: relatedOf(services, asked),
    fixes:
      fitting.length > 0
        ? fitting.map((it) =>
            edit(`Use port ${it}`, route, [{ op: 'set', path: [...origin.path, 'port'], value: it }], {
              preferred: fitting.length === 1,
            }),
          )
        : protocolFix(asked, block),
  };
}

/** A port that is there for this route and says another protocol. */
function protocolFix(asked: readonly MeshPort[], block: RouteBlock): RuleFix[] {
  const port = asked.length === 1 ? asked[0] : asked.find((it) => block === 'http' && it.number === 80);
  const entry = port?.origin && asKind(port.origin.resource, 'ServiceEntry');
  // Without an address of its own, a TCP port takes the requests of every other host on it too; and nobody doubts 443.
  if (!entry || block === 'tcp' || (block === 'http' && port?.number === 443)) {
    return [];
  }
  const change: YamlEdit = {
    op: 'set',
    path: [...port!.origin!.path, 'protocol'],
    value: block.toUpperCase(),
  };
  return [
    edit(`Set the protocol of port ${port!.number} to ${block.toUpperCase()}`, entry, [change], {
      preferred: true,
    }),
  ];
}

function spokenOn(ports: readonly MeshPort[]): string {
  const texts = ports.map((it) => `${it.protocol} on port ${it.number}`);
  return [...new Set(texts)].join(' and ');
}

function relatedOf(services: readonly MeshService[], asked: readonly MeshPort[]): RuleFinding['related'] {
  const origin = asked[0]?.origin ?? services[0]?.origin;
  return origin ? [{ ...origin, message: 'The ports are written here' }] : [];
}
