import type { Shell } from '../shell';
import { registerCodeActions } from './code-actions';
import { registerCompletion } from './completion';
import { registerDocumentInfo } from './document-info';
import { registerGenerate } from './egress-route';
import { registerGraph } from './graph';
import { registerHover } from './hover';
import { registerNavigation } from './navigation';
import { registerRename } from './rename';
import { registerSymbols } from './symbols';

/** Every request the server answers, one file each. */
export function registerHandlers(shell: Shell): void {
  registerCodeActions(shell);
  registerCompletion(shell);
  registerDocumentInfo(shell);
  registerGenerate(shell);
  registerGraph(shell);
  registerHover(shell);
  registerNavigation(shell);
  registerRename(shell);
  registerSymbols(shell);
}
