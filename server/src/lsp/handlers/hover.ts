import { MarkupKind } from 'vscode-languageserver';
import { hover } from '../../engine/assist/hover';
import type { Shell } from '../shell';
import { atSpot } from './at-spot';

export function registerHover(shell: Shell): void {
  shell.connection.onHover((params) => {
    const at = atSpot(shell, params);
    const found = at && hover(at.spot);
    return at && found
      ? { range: at.range(found.span), contents: { kind: MarkupKind.Markdown, value: found.markdown } }
      : null;
  });
}
