import { isIpAddress } from '../mesh/hosts';
import { istioOperators } from '../mesh/istio-operator';
import { type Origin, origin } from '../mesh/origin';
import { fields, text, whole } from '../model/guards';
import { meshValues } from '../model/lower';
import { matchLength, prefixOf } from '../traffic/addresses';
import type { View } from '../workspace/view';
import type { PodTemplate } from './pod-templates';

/** Which connections the rules in a pod's network lead to its sidecar, in the order in which they are tried. */
export interface CaptureRules {
  readonly key: string;
  /** Ports that are never led there. */
  readonly excludedPorts: readonly number[];
  readonly excludedBlocks: readonly string[];
  /** Ports that are led there whatever their address. */
  readonly includedPorts: readonly number[];
  /** Absent when every address is led there. */
  readonly includedBlocks?: readonly string[];
  readonly origins: { readonly [rule in RuleName]?: Origin };
}

type RuleName = 'excludedPorts' | 'excludedBlocks' | 'includedPorts' | 'includedBlocks';

const annotations: { readonly [rule in RuleName]: string } = {
  excludedPorts: 'traffic.sidecar.istio.io/excludeOutboundPorts',
  excludedBlocks: 'traffic.sidecar.istio.io/excludeOutboundIPRanges',
  includedPorts: 'traffic.sidecar.istio.io/includeOutboundPorts',
  includedBlocks: 'traffic.sidecar.istio.io/includeOutboundIPRanges',
};

/** What an installation says of all pods, under `global.proxy` of its values. */
const values: { readonly [rule in RuleName]: string } = {
  excludedPorts: 'excludeOutboundPorts',
  excludedBlocks: 'excludeIPRanges',
  includedPorts: 'includeOutboundPorts',
  includedBlocks: 'includeIPRanges',
};

/** The annotations of a template, each before what the installation says. */
export function captureRules(view: View, template: PodTemplate | undefined): CaptureRules {
  const origins: { [rule in RuleName]?: Origin } = {};
  const written = (rule: RuleName): string | undefined => {
    const own = template?.pod.annotations?.[annotations[rule]];
    if (template && own !== undefined) {
      origins[rule] = origin(
        template.resource,
        ...template.path,
        'metadata',
        'annotations',
        annotations[rule],
      );
      return own;
    }
    const installed = installedValue(view, values[rule]);
    if (installed) {
      origins[rule] = installed.origin;
    }
    return installed?.value;
  };
  const included = written('includedBlocks');
  const rules = {
    excludedPorts: numbers(written('excludedPorts')),
    excludedBlocks: blocks(written('excludedBlocks')),
    includedPorts: numbers(written('includedPorts')),
    ...(included !== undefined && included.trim() !== '*' && { includedBlocks: blocks(included) }),
  };
  return { key: JSON.stringify(rules), ...rules, origins };
}

function installedValue(
  view: View,
  name: string,
): { readonly value: string; readonly origin: Origin } | undefined {
  const sources = [
    ...istioOperators(view).map((resource) => ({ resource, path: ['spec', 'values', 'global', 'proxy'] })),
    ...view
      .all('Other')
      .filter((it) => it.writtenKind === meshValues)
      .map((resource) => ({ resource, path: ['global', 'proxy'] })),
  ];
  for (const { resource, path } of sources) {
    const steps = path[0] === 'spec' ? path.slice(1) : path;
    const proxy = steps.reduce((at, step) => fields(at[step]), fields(resource.spec));
    const value = text(proxy[name]) ?? whole(proxy[name])?.toString();
    if (value !== undefined && value !== '') {
      return { value, origin: { resource, path: [...path, name] } };
    }
  }
  return undefined;
}

function numbers(written: string | undefined): readonly number[] {
  return (written ?? '').split(',').flatMap((it) => (/^\s*\d+\s*$/.test(it) ? [Number(it)] : []));
}

function blocks(written: string | undefined): readonly string[] {
  return (written ?? '')
    .split(',')
    .map((it) => it.trim())
    .filter((it) => prefixOf(it) !== undefined);
}

/** Whether the sidecar sees a connection; `unknown` when that depends on an address that is in no file. */
export function isCaptured(rules: CaptureRules, port: number, address: string | undefined): Captured {
  const { excludedPorts, excludedBlocks, includedPorts, includedBlocks, origins } = rules;
  if (excludedPorts.includes(port)) {
    return { is: 'no', rule: `port ${port} is excluded`, origin: origins.excludedPorts };
  }
  const known = address !== undefined && isIpAddress(address) ? address : undefined;
  const block = known !== undefined && excludedBlocks.find((it) => matchLength(known, it) !== undefined);
  if (block) {
    return { is: 'no', rule: `addresses in ${block} are excluded`, origin: origins.excludedBlocks };
  }
  if (includedPorts.includes(port) || includedBlocks === undefined) {
    return { is: 'yes' };
  }
  const rule =
    includedBlocks.length === 0 ? 'no address is included' : `only ${includedBlocks.join(', ')} is included`;
  if (includedBlocks.length === 0) {
    return { is: 'no', rule, origin: origins.includedBlocks };
  }
  if (known === undefined) {
    return { is: 'unknown', rule, origin: origins.includedBlocks };
  }
  return includedBlocks.some((it) => matchLength(known, it) !== undefined)
    ? { is: 'yes' }
    : { is: 'no', rule, origin: origins.includedBlocks };
}

export interface Captured {
  readonly is: 'yes' | 'no' | 'unknown';
  readonly rule?: string;
  readonly origin?: Origin | undefined;
}
