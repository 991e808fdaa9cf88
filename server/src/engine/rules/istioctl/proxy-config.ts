import { parseDuration } from '../../go/duration';
import { type Fields, fields, text, whole } from '../../model/guards';
import { quoted } from '../../schema/words';
import { readYaml } from '../../yaml/read';
import { plainValue } from '../../yaml/walk';

/** What Istio cannot read in the settings a Pod has for its own proxy. They are YAML inside of YAML. */
export function proxyConfigFault(written: string): string | undefined {
  const { root, problems } = readYaml(written);
  const value = plainValue(root);
  if (problems.length > 0) {
    return 'it is no YAML';
  }
  if (value === undefined || value === null) {
    return undefined;
  }
  return typeof value === 'object' && !Array.isArray(value)
    ? settingFault(fields(value))
    : 'it is no map of settings';
}

function settingFault(settings: Fields): string | undefined {
  for (const [name, value] of Object.entries(settings)) {
    const fault = value === null ? undefined : settingFaults.get(name)?.(value);
    if (fault !== undefined) {
      return `${quoted(name)} ${fault}`;
    }
  }
  return undefined;
}

type Check = (value: unknown) => string | undefined;

const settingFaults: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['binaryPath', filled],
  ['concurrency', number],
  ['configPath', filled],
  ['discoveryAddress', filled],
  ['drainDuration', drain],
  ['proxyAdminPort', port],
  ['proxyMetadata', texts],
  ['serviceCluster', filled],
  ['statusPort', port],
]);

function filled(value: unknown): string | undefined {
  return text(value) ? undefined : 'is empty or no text';
}

function number(value: unknown): string | undefined {
  return Number.isInteger(Number(value)) && value !== '' ? undefined : 'is no whole number';
}

function port(value: unknown): string | undefined {
  const given = whole(typeof value === 'string' ? Number(value) : value);
  return given !== undefined && given >= 1 && given <= 65535 ? undefined : 'is no port';
}

function drain(value: unknown): string | undefined {
  const duration = parseDuration(text(value) ?? '');
  return duration !== undefined && duration > 0n ? undefined : 'is no length of time such as "45s"';
}

/** A number or a flag where a text belongs is what people write most often. */
function texts(value: unknown): string | undefined {
  const wrong = Object.entries(fields(value)).find(([, it]) => typeof it !== 'string');
  return (
    wrong && `has ${quoted(`${wrong[0]}: ${wrong[1]}`)}, and only texts may stand there: put it in quotes`
  );
}
