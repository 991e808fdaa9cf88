import { findGateway, toGateway } from '../mesh/gateways';
import { meshGateway } from '../mesh/hosts';
import { isServiceVisible } from '../mesh/registry';
import { identityOf } from '../model/resource';
import type { View } from '../workspace/view';
import type { Path } from '../yaml/node';
import { describeGateway, describeService } from './describe-mesh';
import { code } from './markdown';
import { offeredPorts } from './meant-ports';
import { servicesMeant } from './meant-services';
import { hostBeside } from './meant-subsets';
import type { Site } from './reference-sites';
import { targetsOf } from './targets';

/** What a reference leads to in this scope. A declaration needs no explanation but what others make of it. */
export function explainReference(view: View, site: Site): readonly string[] {
  switch (site.names) {
    case 'host':
    case 'scoped-host':
      return explainHost(view, site);
    case 'gateway':
      return explainGateway(view, site);
    case 'subset':
      return explainSubset(view, site);
    case 'port':
    case 'server-port':
    case 'match-port':
      return explainPort(view, site);
    case 'labels':
      return explainLabels(view, site);
    default:
      return explainName(view, site);
  }
}

const mostHosts = 5;

function explainHost(view: View, site: Site): readonly string[] {
  const { namespace, kind } = site.manifest;
  const services = servicesMeant(view, site);
  const shown = services.slice(0, mostHosts).map((it) => {
    const isHidden = kind !== 'Gateway' && !isServiceVisible(view, it, namespace);
    return `${describeService(view, it)}${isHidden ? `\n\nProxies of ${code(namespace)} do not see it` : ''}`;
  });
  if (services.length > mostHosts) {
    return [...shown, `and ${services.length - mostHosts} more`];
  }
  const name = site.text;
  const isLookedUp = !site.path.some((it) => namesOnly.includes(it));
  return services.length === 0 && name !== '' && name !== '*' && isLookedUp
    ? [`No ServiceEntry and no Service of this scope has the host ${code(name)}`]
    : shown;
}

/** Fields that carry a name without anybody looking it up. */
const namesOnly: Path = ['sni', 'subjectAltNames', 'authority'];

function explainGateway(view: View, site: Site): readonly string[] {
  const name = site.text;
  if (name === meshGateway && site.role === 'use') {
    return [`${code(meshGateway)} stands for every sidecar: the rule applies where the request starts`];
  }
  const gateway = findGateway(view, name, site.manifest.namespace);
  return [gateway ? describeGateway(view, toGateway(gateway)) : `No Gateway ${code(name)} is in this scope`];
}

function explainSubset(view: View, site: Site): readonly string[] {
  if (site.role !== 'use') {
    return [];
  }
  const name = site.text;
  const [target] = targetsOf(view, site);
  return [
    target
      ? `Subset ${code(name)} of ${code(identityOf(target.resource))}`
      : `No DestinationRule for ${code(hostBeside(site))} defines the subset ${code(name)}`,
  ];
}

function explainPort(view: View, site: Site): readonly string[] {
  if (site.role === 'declaration') {
    return [];
  }
  const wanted = site.text;
  const ports = offeredPorts(view, site);
  const own = ports.filter((it) => String(it.number) === wanted);
  if (own.length > 0) {
    const lines = own.map(
      (it) =>
        `Port ${code(`${it.number} ${it.protocol}`)}${it.name === '' ? '' : ` (${code(it.name)})`} of ${code(it.owner)}`,
    );
    return [[...new Set(lines)].join('\n\n')];
  }
  const others = [...new Set(ports.map((it) => it.number))].map((it) => code(String(it))).join(', ');
  return ports.length === 0 ? [] : [`Nothing here has the port ${code(wanted)}; there is ${others}`];
}

function explainLabels(view: View, site: Site): readonly string[] {
  if (site.role === 'declaration') {
    return [];
  }
  const selected = [...new Set(targetsOf(view, site).map(({ resource }) => identityOf(resource)))];
  return selected.length === 0
    ? ['No Service and no workload of this scope has these labels']
    : [`Selects ${selected.map(code).join(', ')}`];
}

function explainName(view: View, site: Site): readonly string[] {
  const [target] = site.role === 'use' ? targetsOf(view, site) : [];
  return target ? [code(identityOf(target.resource).replace(' /', ' '))] : [];
}
