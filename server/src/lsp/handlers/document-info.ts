import { isIstioGroup } from '../../engine/model/kinds';
import { type DocumentInfo, type DocumentInfoParams, documentInfoRequest } from '../../protocol';
import type { Shell } from '../shell';

const skippedBecause = {
  'too-large': 'the file is larger than "istioEgress.files.maxSize" allows',
  binary: 'the file is not text',
} as const;

export function registerDocumentInfo(shell: Shell): void {
  shell.connection.onRequest(documentInfoRequest, ({ uri }: DocumentInfoParams): DocumentInfo => {
    shell.flush();
    const { engine } = shell.projects.of(uri);
    const file = engine.file(uri);
    const objects = (file?.entries ?? []).flatMap(
      (it) => engine.workspace.inspector.inspect(it.document).objects,
    );
    return {
      isIstio: objects.some((it) => isIstioGroup(it.apiVersion)),
      scopes: engine.scopesOf(uri).map((it) => it.plan.name),
      ...(file?.skipped && { skipped: skippedBecause[file.skipped] }),
    };
  });
}
