import type { TextEdit } from '../text/edit';
import { type FlowStyle, flowKey } from './flow-edits';
import type { Holder } from './places';
import { keyText, quoted } from './stringify';

/** Another key for the same value; quotes stay as they are. */
export function renameKey(
  { map, pair }: Extract<Holder, { readonly kind: 'pair' }>,
  key: string,
  flow: FlowStyle,
): TextEdit {
  const { key: old } = pair;
  const { start, end } = old;
  const isQuoted = old.type === 'scalar' && (old.style === 'single' || old.style === 'double');
  const plain = map.flow ? flowKey(key, flow) : keyText(key);
  return { span: { start, end }, insert: isQuoted ? quoted(key, old.style) : plain };
}
