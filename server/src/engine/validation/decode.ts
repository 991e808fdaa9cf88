import { parseDuration } from '../go/duration';
import { kindSchemas } from '../schema/schema';
import type { SchemaNode } from '../schema/schema-node';
import { quoted } from '../schema/words';
import type { Part } from './part';
import type { Report } from './report';

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
  if (!leadsToDurations(schema)) {
    return;
  }
  if (schema.format === 'duration') {
    if (typeof value.value === 'string' && parseDuration(value.asText) === undefined) {
      const hint = 'write a number and a unit, such as "1.5s" or "100ms"';
      report.value('istiod/duration', value, `${quoted(value.asText)} is no duration: ${hint}`);
    }
    return;
  }
  for (const [step, inner] of value.children) {
    const node = schema.item ?? schema.fields?.get(step)?.node;
    if (node) {
      checkDurations(inner, node, report);
    }
  }
}

const known = new Map<SchemaNode, boolean>();

function leadsToDurations(schema: SchemaNode): boolean {
  let leads = known.get(schema);
  if (leads === undefined) {
    // Set before what is below is asked, in case a schema contains itself.
    known.set(schema, false);
    const below = [schema.item, ...[...(schema.fields?.values() ?? [])].map((it) => it.node)];
    leads = schema.format === 'duration' || below.some((it) => it !== undefined && leadsToDurations(it));
    known.set(schema, leads);
  }
  return leads;
}
