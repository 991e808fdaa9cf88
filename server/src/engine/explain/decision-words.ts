import type { Origin } from '../mesh/origin';
import { objectName } from '../model/object-name';
import { asKind, type Resource } from '../model/resource';
import type { HttpMatch, TlsMatch } from '../model/specs';
import { listed, matchWords } from '../traffic/reasons/match-words';

/** What a place of the configuration has decided about a request, as a sentence without its full stop. */
export function decisionWords({ resource, path }: Origin): string {
  const gateway = asKind(resource, 'Gateway');
  const entry = asKind(resource, 'ServiceEntry');
  const rule = asKind(resource, 'DestinationRule');
  const route = asKind(resource, 'VirtualService');
  const words =
    (route && routeWords(route, path)) ??
    (gateway && serverWords(gateway, path)) ??
    (entry && entryWords(entry, path)) ??
    (rule && ruleWords(rule, path)) ??
    otherWords(resource, path);
  return `${objectName(resource)} ${words}`;
}

type Steps = Origin['path'];

function routeWords({ spec }: Resource<'VirtualService'>, [, block, index, , at]: Steps): string | undefined {
  if (typeof index !== 'number' || (block !== 'http' && block !== 'tls' && block !== 'tcp')) {
    return block === 'hosts' ? `is about ${listed(spec.hosts ?? [], 'and')}` : undefined;
  }
  const route = spec[block]?.[index];
  const name = block === 'http' ? spec.http?.[index]?.name : undefined;
  const place = `${block}[${index}]${name ? ` "${name}"` : ''}`;
  const matches: readonly (HttpMatch & TlsMatch)[] = route?.match ?? [];
  if (typeof at === 'number' && matches[at]) {
    return `asks for ${matchWords(matches[at]) || 'nothing'} in ${block}[${index}].match[${at}], which fits`;
  }
  const targets = (route?.route ?? []).map(({ destination, weight }) => {
    const { host = '', port, subset } = destination ?? {};
    const share = weight === undefined || route?.route?.length === 1 ? '' : ` (weight ${weight})`;
    return `${host}${port?.number ? `:${port.number}` : ''}${subset ? `, subset "${subset}"` : ''}${share}`;
  });
  return targets.length > 0 ? `sends it to ${targets.join(' and ')} by ${place}` : `answers it by ${place}`;
}

function serverWords({ spec }: Resource<'Gateway'>, [, , index]: Steps): string | undefined {
  const server = typeof index === 'number' ? spec.servers?.[index] : undefined;
  const { number, protocol } = server?.port ?? {};
  const mode = server?.tls?.mode;
  return (
    server &&
    `takes it in by servers[${index}]: port ${number}, ${protocol}${mode ? `, TLS mode ${mode}` : ''}, for ${listed(server.hosts ?? [], 'and')}`
  );
}

function entryWords({ spec }: Resource<'ServiceEntry'>, [, block, index]: Steps): string | undefined {
  const port = block === 'ports' && typeof index === 'number' ? spec.ports?.[index] : undefined;
  return (
    port &&
    `registers ${listed(spec.hosts ?? [], 'and')} with port ${port.number} (${port.protocol ?? 'TCP'})`
  );
}

function ruleWords({ spec }: Resource<'DestinationRule'>, path: Steps): string | undefined {
  const [, block, index] = path;
  const subset = block === 'subsets' && typeof index === 'number' ? spec.subsets?.[index] : undefined;
  const of = ` for "${spec.host ?? ''}"`;
  if (path.at(-1) === 'tls') {
    const policy = (subset ?? spec).trafficPolicy;
    const at = path.indexOf('portLevelSettings');
    const setting = at < 0 ? policy : policy?.portLevelSettings?.[Number(path[at + 1])];
    const port = at < 0 ? '' : ` port ${policy?.portLevelSettings?.[Number(path[at + 1])]?.port?.number}`;
    const { mode = 'DISABLE', sni } = setting?.tls ?? {};
    return `asks for TLS mode ${mode}${sni ? ` with server name "${sni}"` : ''}${of}${port}`;
  }
  return subset && `has the subset "${subset.name ?? ''}"${of}`;
}

function otherWords(resource: Resource, path: Steps): string {
  if (path.includes('outboundTrafficPolicy') || resource.kind === 'ConfigMap') {
    return 'says what happens to hosts nobody registered';
  }
  if (resource.kind === 'Service' && path[1] === 'ports') {
    return `has port ${resource.spec.ports?.[Number(path[2])]?.port ?? ''}`.trimEnd();
  }
  return /Route$/.test(resource.writtenKind) ? 'says where it goes' : 'takes part in this';
}
