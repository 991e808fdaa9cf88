import type { TextEdit } from '../text/edit';
import { replaceBlock, replaceInline } from './block-edits';
import type { YamlStyle, YamlValue } from './edit';
import { type FlowStyle, flowValue } from './flow-edits';
import type { YamlNode } from './node';
import { columnOf, type Holder, isInFlow, startOfLine } from './places';
import { isFilled, quoted, scalarText } from './stringify';

export interface Styles {
  readonly block: YamlStyle;
  readonly flow: FlowStyle;
}

/** Writes another value in the place of the one held: in brackets where brackets are, else on lines of its own. */
export function replaceValue(text: string, holder: Holder, value: YamlValue, styles: Styles): TextEdit[] {
  const { node } = holder;
  const kept = inKeptQuotes(node, value);
  if (isInFlow(holder) || (holder.kind === 'root' && styles.flow.json)) {
    return replaceInline(text, holder, kept ?? flowValue(value, styles.flow));
  }
  if (isFilled(value) && !staysInBrackets(node, value, styles.flow)) {
    return replaceBlock(text, holder, value, styles.block);
  }
  return replaceInline(text, holder, kept ?? inlineText(text, holder, value, styles));
}

/** What was written in quotes stays in such quotes. */
function inKeptQuotes(node: YamlNode, value: YamlValue): string | undefined {
  return typeof value === 'string' &&
    node.type === 'scalar' &&
    (node.style === 'single' || node.style === 'double')
    ? quoted(value, node.style)
    : undefined;
}

function inlineText(text: string, holder: Holder, value: YamlValue, styles: Styles): string {
  if (value !== null && typeof value === 'object') {
    return flowValue(value, styles.flow);
  }
  const column = columnOfHolder(text, holder);
  return scalarText(
    value,
    column !== undefined && isAloneOnLine(text, holder.node)
      ? { block: { indent: column + styles.block.indent, style: styles.block } }
      : {},
  );
}

/** The column of the key or dash, for values that may be block scalars. */
function columnOfHolder(text: string, holder: Holder): number | undefined {
  if (holder.kind === 'pair') {
    return columnOf(text, holder.pair.key.start);
  }
  return holder.kind === 'item' ? columnOf(text, holder.seq.start) : undefined;
}

/** A comment on the line or below it would become part of a block scalar. */
function isAloneOnLine(text: string, node: YamlNode): boolean {
  return (
    /^[ \t]*(?:[\r\n]\s*(?!\s|#)|$)/.test(text.slice(node.end)) &&
    !text.slice(startOfLine(text, node.start), node.start).includes('#')
  );
}

function staysInBrackets(node: YamlNode, value: YamlValue, style: FlowStyle): boolean {
  const isBracketed =
    (node.type === 'map' && node.flow && node.pairs.length > 0) ||
    (node.type === 'seq' && node.flow && node.items.length > 0);
  return isBracketed && flowValue(value, style).length <= longestLine;
}

const longestLine = 100;
