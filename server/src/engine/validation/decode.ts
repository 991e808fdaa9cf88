import { parseDuration } from '../go/duration';
import { kindSchemas } from '../schema/schema';
import type { SchemaNode } from '../schema/schema-node';
import { quoted } from '../schema/words';
import type { Part } from './part';
import type { Report } from './report';
import { isOrdinaryDuration } from './shared/scalars';

/** Checks what the API server lets through and istiod cannot read. False when there is something. */
export function checkDecoding(kind: string, spec: Part, report: Report): boolean {
  const schema = kindSchemas.get(kind)?.spec;
  const before = report.findings.length;
  if (schema) {
    checkDurations(spec, schema, report);
  }
  return report.findings.length === before;
}

/** The API server takes any text for some durations. */
function checkDurations(value: Part, schema: SchemaNode, report: Report): void {
  if (schema.format === 'duration') {
    const isRead = isOrdinaryDuration(value.asText) || parseDuration(value.asText) !== undefined;
    if (typeof value.value === 'string' && !isRead) {
      const hint = 'write a number and a unit, such as "1.5s" or "100ms"';
      report.value('istiod/duration', value, `${quoted(value.asText)} is no duration: ${hint}`);
    }
    return;
  }
  const { item, fields } = waysOf(schema);
  if (item) {
    for (const [, inner] of value.children) {
      checkDurations(inner, item, report);
    }
  }
  for (const [name, node] of fields) {
    const inner = value.get(name);
    if (inner) {
      checkDurations(inner, node, report);
    }
  }
}

/** The steps from a schema that lead to durations. */
interface Ways {
  readonly item: SchemaNode | undefined;
  readonly fields: readonly (readonly [name: string, node: SchemaNode])[];
}

const none: Ways = { item: undefined, fields: [] };
const known = new Map<SchemaNode, Ways>();

function waysOf(schema: SchemaNode): Ways {
  let ways = known.get(schema);
  if (!ways) {
    // Set before what is below is asked, in case a schema contains itself.
    known.set(schema, none);
    const fields = [...(schema.fields?.values() ?? [])].map(({ name, node }) => [name, node] as const);
    ways = {
      item: schema.item && leads(schema.item) ? schema.item : undefined,
      fields: fields.filter(([, node]) => leads(node)),
    };
    known.set(schema, ways);
  }
  return ways;
}

function leads(schema: SchemaNode): boolean {
  const { item, fields } = waysOf(schema);
  return schema.format === 'duration' || item !== undefined || fields.length > 0;
}
