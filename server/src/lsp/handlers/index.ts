import type { Shell } from '../shell';
import { registerCodeActions } from './code-actions';
import { registerDocumentInfo } from './document-info';

/** Every request the server answers, one file each. */
export function registerHandlers(shell: Shell): void {
  registerCodeActions(shell);
  registerDocumentInfo(shell);
}
