import { quoted } from '../../schema/words';
import { isRecord, type Part } from '../part';
import type { Report } from '../report';
import { checkEnvoyFields } from './fields';

const code = 'envoy-filter/value';
const typed = ['HTTP_FILTER', 'NETWORK_FILTER', 'LISTENER_FILTER', 'EXTENSION_CONFIG'];

/**
 * Checks what is known here of Envoy's configuration: types of common fields, and that extensions say which they
 * are, in the third version of its interface.
 */
export function checkPatchValue(value: Part, applyTo: string, operation: string, report: Report): void {
  if (!isRecord(value.value)) {
    return;
  }
  checkEnvoyFields(value, applyTo, report);
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
  if (type?.asText.endsWith('.TypedStruct')) {
    // What stands in it is read by the extension, not by istiod.
    return;
  }
  if (type && /\/envoy\.(?:[a-z0-9_]+\.)*v2(?:alpha\d*)?\./.test(type.asText)) {
    report.value(
      code,
      type,
      `${quoted(type.asText)} is a type of Envoy's old interface, which is gone: use the one with "v3"`,
    );
  }
  const untyped = ['typed_config', 'typedConfig']
    .map((it) => value.get(it))
    .find((it) => it && !it.has('@type'));
  if (untyped && isRecord(untyped.value)) {
    report.whole(code, untyped, '"typed_config" needs "@type", which says what it is', { key: true });
  }
  for (const [name, inner] of value.children) {
    if (name !== 'filter_metadata' && name !== 'filterMetadata') {
      checkTypes(inner, report, depth + 1);
    }
  }
}
