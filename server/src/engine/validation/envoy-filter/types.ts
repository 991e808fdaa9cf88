import { isGone, isNewer } from '../../schema/versions';
import { quoted } from '../../schema/words';
import { isRecord, type Part } from '../part';
import { type Report, replacement } from '../report';
import { whyUnknown } from './known-types';

const code = 'envoy-filter/value';
const maxDepth = 100;

/** Checks that extensions say which they are, and that istiod knows the type. */
export function checkTypes(value: Part, report: Report): void {
  checkExtensions(value, report, 0);
  checkAnys(value, report, 0);
}

function checkExtensions(value: Part, report: Report, depth: number): void {
  if (depth > maxDepth || isOpaque(value)) {
    return;
  }
  const type = value.get('@type');
  if (type && oldInterface.test(type.asText)) {
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
      checkExtensions(inner, report, depth + 1);
    }
  }
}

const oldInterface = /\/envoy\.(?:[a-z0-9_]+\.)*v2(?:alpha\d*)?\./;

/** What stands in a TypedStruct is read by the extension, not by istiod. */
function isOpaque(value: Part): boolean {
  return value.text('@type').endsWith('.TypedStruct');
}

/**
 * istiod leaves out fields that it does not know, with whatever is in them, so types are judged only where it
 * surely comes by.
 */
const ways = new Set([
  'access_log',
  'default_filter_chain',
  'filter_chains',
  'filters',
  'http_filters',
  'listener_filters',
  'routes',
  'transport_socket',
  'typed_config',
  'upstream_http_filters',
  'virtual_hosts',
]);
const mapsOfTypes = new Set(['typed_extension_protocol_options', 'typed_per_filter_config']);

function checkAnys(value: Part, report: Report, depth: number): void {
  for (const [name, field] of depth > maxDepth ? [] : value.children) {
    const way = snakeCase(name);
    const isMap = mapsOfTypes.has(way);
    const inner = isMap || Array.isArray(field.value) ? field.children.map(([, it]) => it) : [field];
    for (const it of isMap || ways.has(way) ? inner : []) {
      if (isMap || way === 'typed_config') {
        checkType(it, report);
      }
      if (!isOpaque(it)) {
        checkAnys(it, report, depth + 1);
      }
    }
  }
}

function checkType(any: Part, report: Report): void {
  const type = any.get('@type');
  const fault =
    type && type.asText !== '' && !oldInterface.test(type.asText) ? whyUnknown(type.asText) : undefined;
  if (!type || !fault) {
    return;
  }
  const { target } = report.context;
  const { since, until, better } = fault;
  const written = quoted(type.asText);
  if (since === undefined && until === undefined) {
    const hint = better
      ? `did you mean ${quoted(better)}?`
      : 'what is known to an extension alone goes into a TypedStruct';
    const fixes = better ? [replacement(`Use ${quoted(better)}`, type, better)] : [];
    report.value(code, type, `${written} is no type that istiod knows, so it refuses the patch; ${hint}`, {
      fixes,
    });
  } else if (isNewer(since, target)) {
    report.value(
      code,
      type,
      `${written} is known to istiod since Istio ${since}; this mesh has ${target}, which refuses it`,
    );
  } else if (isGone(until, target)) {
    report.value(code, type, `${written} was known to istiod until Istio ${until}, and is refused now`);
  }
}

/** Both spellings are read. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
