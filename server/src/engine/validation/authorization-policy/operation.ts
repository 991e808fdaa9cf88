import { quoted } from '../../schema/words';
import type { Part } from '../part';
import type { Report } from '../report';
import { checkNotEmpty } from './source';

const code = 'authorization-policy/operation';
const fields = ['hosts', 'ports', 'methods', 'paths', 'notHosts', 'notPorts', 'notMethods', 'notPaths'];

export function checkOperation(to: Part, report: Report): void {
  const operation = to.get('operation');
  if (!operation || fields.every((it) => operation.count(it) === 0)) {
    const message = 'an operation has to say what: name hosts, ports, methods or paths, or leave "to" out';
    report.whole('authorization-policy/empty-rule', operation ?? to, message, {
      key: operation !== undefined,
    });
    return;
  }
  for (const name of fields) {
    const values = operation.items(name);
    if (/ports$/i.test(name)) {
      checkPorts(values, code, report);
      continue;
    }
    checkNotEmpty(values, code, report);
    if (/paths$/i.test(name)) {
      checkPaths(values, report);
    }
  }
}

export function checkPorts(
  values: readonly Part[],
  code: Parameters<Report['value']>[0],
  report: Report,
): void {
  for (const value of values) {
    if (!/^\d+$/.test(value.asText) || Number(value.asText) > 65535) {
      report.value(code, value, `${quoted(value.asText)} is no port: write a number up to 65535`);
    }
  }
}

function checkPaths(values: readonly Part[], report: Report): void {
  for (const value of values) {
    const wrong = templateFault(value.asText);
    if (wrong !== undefined) {
      report.value(code, value, `${quoted(value.asText)} is no template of a path: ${wrong}`);
    }
  }
}

/** `{*}` stands for one part of a path, `{**}` for any number of them. */
function templateFault(path: string): string | undefined {
  const isTemplate = path.includes('{*}') || path.includes('{**}');
  let open = false;
  for (const part of path.replace(/^\/+|\/+$/g, '').split('/')) {
    const isOperator = part === '{*}' || part === '{**}';
    if (isOperator && open) {
      return 'no operator may stand behind "{**}"';
    }
    if (!isOperator && /[{}]/.test(part)) {
      return `"{*}" and "{**}" have to be whole parts between slashes, and ${quoted(part)} is neither`;
    }
    if (!isOperator && isTemplate && !/^[a-zA-Z0-9\-._~%!$&'()+,;:@=]+$/.test(part)) {
      return part === '' ? 'a part between slashes is empty' : `${quoted(part)} has signs that no path has`;
    }
    open ||= part === '{**}';
  }
  return undefined;
}
