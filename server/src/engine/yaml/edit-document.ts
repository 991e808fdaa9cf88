import { DocumentEditor } from './document-editor';
import type { EditDocument } from './edit';

/**
 * Changes a document in terms of its structure. The edits are done one after the other, each on what the ones
 * before it have left; what comes out are edits of the original text that do not overlap.
 *
 * An edit that cannot be done, such as removing what is not there, changes nothing. A map or list that loses
 * its last member stays, as `{}` or `[]`.
 */
export const editDocument: EditDocument = (document, edits) => {
  // Written out, the aliases of a bomb would fill the memory.
  if (document.problems.some(({ code }) => code === 'alias-bomb')) {
    return [];
  }
  const editor = new DocumentEditor(document);
  for (const edit of edits) {
    editor.edit(edit);
  }
  return editor.edits();
};
