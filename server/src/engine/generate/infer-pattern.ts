import { gatewayNamespaces } from '../intent/clients';
import { resolveShortName } from '../mesh/hosts';
import type { Resource } from '../model/resource';
import type { DestinationRuleSpec } from '../model/specs';
import type { View } from '../workspace/view';
import { isGatewayHost } from './egress-gateway';
import { originates } from './rule-policies';
import { destinationsOf, routesOf } from './vs-routes';
import { type RoutePattern, securePort, speaksHttp, speaksTls } from './wish';

/** What the documents that are there say about who turns plain HTTP into HTTPS. */
export function inferPattern(
  view: View,
  host: string,
  entries: readonly Resource<'ServiceEntry'>[],
  virtualServices: readonly Resource<'VirtualService'>[],
): RoutePattern {
  const gatewayed = virtualServices.some((vs) =>
    (['http', 'tls', 'tcp'] as const).some((block) =>
      routesOf(vs.spec, block).some((route) =>
        destinationsOf(route).some((it) => isGatewayHost(view, resolveShortName(it, vs.namespace))),
      ),
    ),
  );
  const rules = view.byHost('DestinationRule', host).filter((it) => encrypts(it.spec));
  if (rules.length > 0 && !gatewayed && rules.some((it) => isForSidecars(view, it))) {
    return 'originate-sidecar';
  }
  const ports = entries.flatMap((it) => it.spec.ports ?? []);
  const sentOn = ports.some((it) => speaksHttp(it.protocol) && it.targetPort === securePort);
  const secure = new Set(ports.filter((it) => speaksTls(it.protocol)).map((it) => it.number));
  const changesPort = virtualServices.some((vs) =>
    (vs.spec.http ?? []).some((route) =>
      (route.route ?? []).some(
        ({ destination }) => destination?.host === host && secure.has(destination.port?.number),
      ),
    ),
  );
  return rules.length > 0 || sentOn || changesPort ? 'originate-gateway' : 'http';
}

/** A rule that only a gateway's namespace sees is the gateway's. */
function isForSidecars(view: View, { spec, namespace }: Resource<'DestinationRule'>): boolean {
  return spec.exportTo?.join() !== '.' || !gatewayNamespaces(view).has(namespace);
}

function encrypts(spec: DestinationRuleSpec): boolean {
  const policies = [spec.trafficPolicy, ...(spec.subsets ?? []).map((it) => it.trafficPolicy)];
  return policies.some(
    (it) => originates(it?.tls) || it?.portLevelSettings?.some((setting) => originates(setting.tls)),
  );
}
