import {
  type ExtensionContext,
  type FileSystemWatcher,
  languages as known,
  type TextDocument,
  workspace,
} from 'vscode';

/** Languages that may hold manifests. What a document really holds is for the server to say. */
const languages = ['yaml', 'helm', 'json', 'markdown', 'shellscript'];

/**
 * Files and new, unsaved documents. The two sides of a comparison, old revisions and output panels have schemes of
 * their own and stay untouched: nobody can mend those.
 */
export const documentSelector: readonly SelectedDocuments[] = languages.flatMap((language) =>
  ['file', 'untitled'].map((scheme) => ({ language, scheme })),
);

interface SelectedDocuments {
  readonly language: string;
  readonly scheme: string;
}

/** Whether the server hears of the document. */
export const isSelected = (document: TextDocument): boolean =>
  known.match([...documentSelector], document) > 0;

/**
 * What the server wants to hear of when it changes on disk.
 *
 * A folder that goes is told by its own name only, so deletions are watched whatever the name.
 */
export function watchedFiles({ subscriptions }: ExtensionContext): FileSystemWatcher[] {
  const watchers = [
    workspace.createFileSystemWatcher('**/{*.yaml,*.yml,*.json,*.md,*.markdown,*.sh,*.bash,Kustomization}'),
    workspace.createFileSystemWatcher('**', true, true, false),
  ];
  subscriptions.push(...watchers);
  return watchers;
}
