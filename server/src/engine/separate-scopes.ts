import type { Inspector } from './admission/inspect';
import type { Finding } from './model/finding';
import type { SourceFile } from './source/source';
import { defaultNamespace } from './workspace/planned-file';
import type { Split } from './workspace/splits';

export const separateScopesCode = 'workspace/separate-scopes';

/**
 * Says once that folders are checked apart, since that is decided for the user. The remedy is a setting, which no
 * text edit can write; the editor offers it by the finding's code.
 */
export function separateScopes(split: Split, file: SourceFile, inspector: Inspector): Finding | undefined {
  for (const { document, slot } of file.entries) {
    for (const { base, kind, namespace, name } of inspector.inspect(document).objects) {
      const identity = `${kind} ${namespace ?? document.commandNamespace ?? defaultNamespace}/${name}`;
      if (identity === split.identity) {
        return {
          code: separateScopesCode,
          severity: 'info',
          layer: 'traffic',
          slot,
          at: { path: [...base, 'metadata', 'name'] },
          message: `${kind} "${name}" is in more than one folder, so these folders are checked apart: ${split.scopes.join(', ')}`,
          subject: { kind, namespace: namespace ?? 'default', name },
          related: [],
          fixes: [],
        };
      }
    }
  }
  return undefined;
}
