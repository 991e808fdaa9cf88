import type { Asker } from './asked';
import { enforced } from './enforce';
import type { Ending } from './row';

/** Blocks of addresses whose requests the sidecars of these pods never see, whatever host they are for. */
export function excludedBlocks(asker: Asker): readonly { readonly block: string; readonly ending: Ending }[] {
  const { none, rules } = asker.client.capture;
  if (none) {
    return [];
  }
  const { excludedBlocks: blocks, includedBlocks, origins } = rules;
  const rows = blocks.map((block) => ({
    block,
    rule: `addresses in ${block} are excluded`,
    origin: origins.excludedBlocks,
  }));
  const outside = {
    block: '*',
    rule: includedBlocks?.length ? `only ${includedBlocks.join(', ')} is included` : 'no address is included',
    origin: origins.includedBlocks,
  };
  return [...rows, ...(includedBlocks ? [outside] : [])].map(({ block, rule, origin }) => {
    const ending: Ending = {
      verdict: 'direct',
      via: [],
      reason: `leave past the sidecar: ${rule}`,
      decidedBy: origin ? [origin] : [],
    };
    const address = block === '*' ? undefined : block.split('/')[0];
    const destination = {
      host: block,
      port: 0,
      protocol: 'TCP',
      scheme: 'tcp',
      addresses: [],
      endpoints: [],
    } as const;
    return { block, ending: enforced({ ...asker, destination }, ending, address) };
  });
}
