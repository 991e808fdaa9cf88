import type { Shell } from '../shell';
import { registerAudit } from './audit';
import { registerCodeActions } from './code-actions';
import { registerCodeLens } from './code-lens';
import { registerCompletion } from './completion';
import { registerDocumentInfo } from './document-info';
import { registerGraph } from './graph';
import { registerHover } from './hover';
import { registerNavigation } from './navigation';
import { registerNewRoute } from './new-route';
import { registerRename } from './rename';
import { registerSymbols } from './symbols';
import { registerTrace } from './trace';

/** Every request the server answers, one file each. */
export function registerHandlers(shell: Shell): void {
  registerAudit(shell);
  registerCodeActions(shell);
  registerCodeLens(shell);
  registerCompletion(shell);
  registerDocumentInfo(shell);
  registerGraph(shell);
  registerHover(shell);
  registerNavigation(shell);
  registerNewRoute(shell);
  registerRename(shell);
  registerSymbols(shell);
  registerTrace(shell);
}
