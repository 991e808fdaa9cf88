import type { View } from '../workspace/view';
import type { Candidate } from './candidate';
import { gatewayCandidates } from './candidate-gateways';
import { hostCandidates, scopedHostCandidates } from './candidate-hosts';
import { delegateCandidates, namespaceCandidates, secretCandidates } from './candidate-names';
import { offeredPorts } from './meant-ports';
import { hostBeside, rulesFor } from './meant-subsets';
import type { Site } from './reference-sites';

/** What can be named at a place, the likeliest first. `prefix` tells which of two spellings is being typed. */
export function candidatesFor(view: View, site: Site, prefix: string): readonly Candidate[] {
  switch (site.names) {
    case 'host':
      return hostCandidates(view, site);
    case 'scoped-host':
      return scopedHostCandidates(view, site, prefix);
    case 'gateway':
      return gatewayCandidates(view, site);
    case 'subset':
      return site.role === 'use' ? subsetCandidates(view, site) : [];
    case 'port':
    case 'server-port':
    case 'match-port':
      return site.role === 'declaration' ? [] : portCandidates(view, site);
    case 'virtual-service':
      return site.role === 'use' ? delegateCandidates(view, site) : [];
    case 'namespace':
      return site.role === 'use' ? namespaceCandidates(view, site) : [];
    case 'secret':
      return site.role === 'use' ? secretCandidates(view, site) : [];
    case 'labels':
      return [];
  }
}

function subsetCandidates(view: View, site: Site): readonly Candidate[] {
  return rulesFor(view, hostBeside(site), site.manifest).flatMap((rule) =>
    rule.subsets.map(({ name, origin: { resource } }) => ({
      value: name,
      detail: `DestinationRule ${resource.namespace}/${resource.name}`,
    })),
  );
}

function portCandidates(view: View, site: Site): readonly Candidate[] {
  return offeredPorts(view, site).map(({ number, name, protocol, owner }) => ({
    value: number,
    detail: [protocol, name, `of ${owner}`].filter((it) => it !== '').join(' '),
  }));
}
