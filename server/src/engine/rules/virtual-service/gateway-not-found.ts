import { meshGateway, resolveGatewayName } from '../../mesh/hosts';
import type { Resource } from '../../model/resource';
import { nearest } from '../../text/nearest';
import type { View } from '../../workspace/view';
import type { YamlEdit } from '../../yaml/edit';
import type { Path } from '../../yaml/node';
import { bindingOf, isInternal } from '../istioctl/gateway-bindings';
import { isSlip, missingSeverity } from '../missing';
import { edit, type RuleFinding, rule } from '../rule';

export const gatewayNotFound = rule({
  name: 'virtual-service/gateway-not-found',
  istio: 'IST0101',
  layer: 'analysis',
  severity: 'error',
  summary: 'A VirtualService is bound to a Gateway that is not there.',
  on: 'VirtualService',

  *check(virtualService, view) {
    for (const [index, name] of (virtualService.spec.gateways ?? []).entries()) {
      if (name !== meshGateway && !isInternal(name) && !isThere(view, virtualService, name)) {
        yield missing(view, virtualService, index, name);
      }
    }
  },
});

function isThere(view: View, { namespace }: Resource<'VirtualService'>, name: string): boolean {
  const { gateway, isDeclared } = bindingOf(view, resolveGatewayName(name, namespace), namespace);
  return gateway !== undefined || isDeclared || view.hasPartial('Gateway');
}

function missing(
  view: View,
  virtualService: Resource<'VirtualService'>,
  index: number,
  name: string,
): RuleFinding {
  const path = ['spec', 'gateways', index];
  const suggestion = suggest(view, virtualService, name);
  const [home, short] = resolveGatewayName(name, virtualService.namespace).split('/');
  const [, meant] = resolveGatewayName(suggestion ?? '', virtualService.namespace).split('/');
  const isLikely = suggestion === meshGateway || meant === short || isSlip(short ?? '', meant ?? '');
  return {
    path,
    message: message(view, name, home ?? '', short ?? name),
    severity: missingSeverity(view, isLikely),
    related: [
      {
        resource: virtualService,
        path,
        message: 'The Gateway that is missing',
        subject: { kind: 'Gateway', namespace: home ?? '', name: short ?? name },
      },
    ],
    fixes:
      suggestion === undefined
        ? []
        : [
            edit(`Change to "${suggestion}"`, virtualService, rename(virtualService, name, suggestion), {
              preferred: true,
            }),
          ],
  };
}

function message(view: View, name: string, home: string, short: string): string {
  if (short === meshGateway) {
    return `"${name}" is a Gateway called "mesh"; all sidecars are called "mesh", without a namespace, and none of them follows this route`;
  }
  return view.settings.closedWorld
    ? `There is no Gateway "${short}" in namespace "${home}", so nothing is routed for "${name}"`
    : `These files have no Gateway "${short}" in namespace "${home}"; unless the cluster has it, nothing is routed for "${name}"`;
}

/** The matches that say the name mean the same Gateway. */
function rename({ spec }: Resource<'VirtualService'>, name: string, value: string): YamlEdit[] {
  const edits = (names: readonly string[] | undefined, path: Path): YamlEdit[] =>
    (names ?? []).flatMap((it, index) =>
      it === name ? [{ op: 'set' as const, path: [...path, index], value }] : [],
    );
  const inMatches = (['http', 'tls', 'tcp'] as const).flatMap((block) =>
    (spec[block] ?? []).flatMap(({ match }, route) =>
      (match ?? []).flatMap(({ gateways }, index) =>
        edits(gateways, ['spec', block, route, 'match', index, 'gateways']),
      ),
    ),
  );
  return [...edits(spec.gateways, ['spec', 'gateways']), ...inMatches];
}

/** What was likely meant: `mesh`, the same name in another namespace, or a name spelt almost like it. */
function suggest(view: View, virtualService: Resource<'VirtualService'>, name: string): string | undefined {
  const [, short] = resolveGatewayName(name, virtualService.namespace).split('/');
  if (short === meshGateway) {
    return meshGateway;
  }
  const bound = new Set(virtualService.spec.gateways ?? []);
  const gateways = view
    .all('Gateway')
    .map((it) => ({ name: it.name, written: writtenFrom(virtualService, it) }));
  const free = gateways.filter((it) => !bound.has(it.written));
  const elsewhere = free.find((it) => it.name === short);
  const near = nearest(
    short ?? name,
    free.map((it) => it.name),
  );
  return (elsewhere ?? free.find((it) => it.name === near))?.written;
}

/** How a VirtualService names a Gateway: the short way in its own namespace. */
export function writtenFrom(
  virtualService: { readonly namespace: string },
  gateway: { readonly namespace: string; readonly name: string },
): string {
  return gateway.namespace === virtualService.namespace
    ? gateway.name
    : `${gateway.namespace}/${gateway.name}`;
}
