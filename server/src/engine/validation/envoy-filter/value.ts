import { isRecord, type Part } from '../part';
import type { Report } from '../report';
import { checkEnvoyFields } from './fields';
import { checkTypes } from './types';

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
  checkTypes(value, report);
  const isTyped = ['typed_config', 'typedConfig', 'config_discovery', 'configDiscovery'].some((it) =>
    value.has(it),
  );
  if (typed.includes(applyTo) && operation !== 'REMOVE' && !isTyped) {
    const message = 'Envoy no longer finds extensions by name alone: add "typed_config" with their "@type"';
    report.warn(code, value, message, { key: true });
  }
}
