import { isCidr, isIpAddress } from '../../go/ip-address';
import { quoted } from '../../schema/words';
import { proxyConfigFault } from './proxy-config';

type Fault = string | undefined;
type Check = (value: string) => Fault;

/** What is wrong with the value of an annotation, where Istio looks at it before it injects a proxy. */
export function annotationFault(name: string, value: string): Fault {
  return checks.get(name)?.(value);
}

const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['sidecar.istio.io/interceptionMode', oneOf('REDIRECT', 'TPROXY', 'NONE')],
  ['status.sidecar.istio.io/port', port],
  ['readiness.status.sidecar.istio.io/initialDelaySeconds', count],
  ['readiness.status.sidecar.istio.io/periodSeconds', count],
  ['readiness.status.sidecar.istio.io/failureThreshold', count],
  ['traffic.sidecar.istio.io/includeOutboundIPRanges', orAll(ranges)],
  ['traffic.sidecar.istio.io/excludeOutboundIPRanges', ranges],
  ['traffic.sidecar.istio.io/includeInboundPorts', orAll(ports)],
  ['traffic.sidecar.istio.io/excludeInboundPorts', ports],
  ['traffic.sidecar.istio.io/excludeOutboundPorts', ports],
  ['traffic.sidecar.istio.io/excludeInterfaces', interfaces],
  ['traffic.sidecar.istio.io/kubevirtInterfaces', interfaces],
  ['istio.io/reroute-virtual-interfaces', interfaces],
  ['prometheus.istio.io/merge-metrics', flag],
  ['proxy.istio.io/config', proxyConfigFault],
  ['sidecar.istio.io/proxyCPU', quantity],
  ['sidecar.istio.io/proxyMemory', quantity],
  ['sidecar.istio.io/proxyCPULimit', quantity],
  ['sidecar.istio.io/proxyMemoryLimit', quantity],
]);

function oneOf(...values: readonly string[]): Check {
  return (value) => (values.includes(value) ? undefined : `${quoted(value)} is none of ${values.join(', ')}`);
}

function orAll(check: Check): Check {
  return (value) => (value === '*' ? undefined : check(value));
}

/** The same value as it can be read, where only blanks or the length of a single address are amiss. */
export function mendedAnnotation(name: string, value: string): string | undefined {
  if (!name.endsWith('OutboundIPRanges')) {
    return undefined;
  }
  const parts = value.split(',').map((it) => it.trim());
  const whole = parts.map((it) => (isIpAddress(it) ? `${it}/${it.includes(':') ? 128 : 32}` : it));
  const mended = whole.filter((it) => it !== '').join(',');
  return annotationFault(name, mended) === undefined ? mended : undefined;
}

/** Of items separated by commas, the first that does not do. */
function list(value: string, isGood: (item: string) => boolean, what: string): Fault {
  const bad = value === '' ? undefined : value.split(',').find((it) => !isGood(it));
  return bad === undefined ? undefined : `${quoted(bad)} is no ${what}`;
}

function ranges(value: string): Fault {
  return list(value, isCidr, 'range of addresses such as "10.0.0.0/8"');
}

function ports(value: string): Fault {
  return list(value.trim(), isPort, 'port');
}

function port(value: string): Fault {
  return isPort(value) ? undefined : `${quoted(value)} is no port`;
}

function isPort(text: string): boolean {
  return isUnsigned(text.trim(), 65535);
}

function count(value: string): Fault {
  return isUnsigned(value, 4294967295)
    ? undefined
    : `${quoted(value)} is no whole number of seconds or attempts`;
}

function isUnsigned(text: string, most: number): boolean {
  return /^\d+$/.test(text) && Number(text) <= most;
}

const interfaceName = /^[a-zA-Z][a-zA-Z0-9_.-]{0,14}$/;

function interfaces(value: string): Fault {
  return list(value, (it) => interfaceName.test(it.trim()), 'name of a network interface');
}

const flags = /^(?:1|0|t|f|T|F|true|false|TRUE|FALSE|True|False)$/;

function flag(value: string): Fault {
  return flags.test(value) ? undefined : `${quoted(value)} is neither true nor false`;
}

const quantities = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/;

function quantity(value: string): Fault {
  return quantities.test(value) ? undefined : `${quoted(value)} is no amount such as "100m" or "128Mi"`;
}
