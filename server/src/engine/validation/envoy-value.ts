import { parseDuration } from '../go/duration';
import { quoted } from '../schema/words';
import { isRecord, type Part } from './part';
import type { Report } from './report';

const code = 'envoy-filter/value';
const typed = ['HTTP_FILTER', 'NETWORK_FILTER', 'LISTENER_FILTER', 'EXTENSION_CONFIG'];

/**
 * Checks what can be known of Envoy's configuration without its schema: names are texts, and types are of the
 * third version of its interface.
 */
export function checkPatchValue(value: Part, applyTo: string, operation: string, report: Report): void {
  if (!isRecord(value.value)) {
    return;
  }
  const name = value.get('name');
  if (name && typeof name.value !== 'string' && applyTo !== 'BOOTSTRAP') {
    report.value(code, name, '"name" is a text: put it into quotes');
  }
  const timeout = value.get('connect_timeout') ?? value.get('connectTimeout');
  if (
    applyTo === 'CLUSTER' &&
    typeof timeout?.value === 'string' &&
    parseDuration(timeout.value) === undefined
  ) {
    report.value(
      code,
      timeout,
      `${quoted(timeout.value)} is no duration: write a number and a unit, such as "1s"`,
    );
  }
  checkTypes(value, report, 0);
  const isTyped = ['typed_config', 'typedConfig', 'config_discovery', 'configDiscovery'].some((it) =>
    value.has(it),
  );
  if (typed.includes(applyTo) && operation !== 'REMOVE' && !isTyped) {
    const message = 'Envoy no longer finds extensions by name alone: add "typed_config" with their "@type"';
    report.warn(code, value, message, { key: true });
  }
}

const maxDepth = 100;

function checkTypes(value: Part, report: Report, depth: number): void {
  if (depth > maxDepth) {
    return;
  }
  const type = value.get('@type');
  if (type && /\/envoy\.(?:[a-z0-9_]+\.)*v2(?:alpha\d*)?\./.test(type.asText)) {
    report.value(
      code,
      type,
      `${quoted(type.asText)} is a type of Envoy's old interface, which is gone: use the one with "v3"`,
    );
  }
  for (const [, inner] of value.children) {
    checkTypes(inner, report, depth + 1);
  }
}
