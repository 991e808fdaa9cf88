import { quoted } from '../../schema/words';
import { nearest } from '../../text/nearest';
import { isRecord, type Part } from '../part';
import type { Report } from '../report';
import { readMessage, type UnknownField } from './message-fields';
import { fieldsOf } from './messages';

const core = 'envoy.config';
const managerFilters = 'envoy.extensions.filters.network.http_connection_manager.v3';

/** What the value of a patch is, by what the patch applies to. */
const messages: { readonly [applyTo: string]: string } = {
  BOOTSTRAP: `${core}.bootstrap.v3.Bootstrap`,
  CLUSTER: `${core}.cluster.v3.Cluster`,
  EXTENSION_CONFIG: `${core}.core.v3.TypedExtensionConfig`,
  FILTER_CHAIN: `${core}.listener.v3.FilterChain`,
  HTTP_FILTER: `${managerFilters}.HttpFilter`,
  HTTP_ROUTE: `${core}.route.v3.Route`,
  LISTENER: `${core}.listener.v3.Listener`,
  LISTENER_FILTER: `${core}.listener.v3.ListenerFilter`,
  NETWORK_FILTER: `${core}.listener.v3.Filter`,
  ROUTE_CONFIGURATION: `${core}.route.v3.RouteConfiguration`,
  VIRTUAL_HOST: `${core}.route.v3.VirtualHost`,
};

/** The message that the value of a patch is. */
export function patchMessage(applyTo: string): string | undefined {
  return Object.hasOwn(messages, applyTo) ? messages[applyTo] : undefined;
}

/** Checks that a value is Envoy's configuration, as istiod reads it, and that an extension says which it is. */
export function checkPatchValue(value: Part, applyTo: string, operation: string, report: Report): void {
  const message = patchMessage(applyTo);
  if (message === undefined || !isRecord(value.value)) {
    return;
  }
  const { unknown, untyped, refuses } = readMessage(value, message, report);
  for (const [index, field] of unknown.entries()) {
    warnOfUnknown(field, index === 0 && !refuses, report);
  }
  for (const [index, extension] of untyped.entries()) {
    const text = 'Envoy no longer finds extensions by name alone: add "typed_config" with their "@type"';
    report.warn('envoy-filter/value', extension, text, {
      key: true,
      istioctlOnly: operation === 'REMOVE',
      ...((index > 0 || unknown.length > 0 || refuses) && untold),
    });
  }
}

/** istiod ends with the first thing it refuses or warns of. */
const untold = { istio: undefined };

function warnOfUnknown({ at, name, message }: UnknownField, isTold: boolean, report: Report): void {
  const names = [...fieldsOf(message)!.keys()];
  const better = nearest(name, name.includes('_') ? names.filter((it) => it.includes('_')) : names);
  const hint = better ? `; did you mean ${quoted(better)}?` : '';
  const kind = message.slice(message.search(/[A-Z]/));
  const text = `Envoy's ${quoted(kind)} has no field ${quoted(name)}, so istiod leaves it out with what is in it${hint}`;
  report.warn('envoy-filter/unknown-field', at, text, {
    key: true,
    fixes: better
      ? [
          {
            title: `Use ${quoted(better)}`,
            edits: [{ op: 'rename', path: at.path, key: better }],
            preferred: true,
          },
        ]
      : [],
    ...(!isTold && untold),
  });
}
