import { millisecond, parseDuration } from '../go/duration';
import type { SchemaNode } from './schema-node';
import type { StructureFix, Walk } from './structure-finding';
import { quoted } from './words';

/** The fix for a duration without a unit: nearly always seconds are meant, but only a person can know. */
export function inSeconds(walk: Walk, amount: string, { format }: SchemaNode): StructureFix | undefined {
  const value = `${amount}s`;
  const isDuration = format === 'duration' && (parseDuration(value) ?? 0n) >= millisecond;
  return isDuration
    ? {
        title: `Use ${quoted(value)}`,
        edits: [{ op: 'set', path: [...walk.path], value }],
        preferred: true,
      }
    : undefined;
}
