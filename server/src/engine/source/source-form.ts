import type { SourceForm } from './source';

const byLanguage = new Map<string, SourceForm>([
  ['yaml', 'yaml'],
  ['helm', 'yaml'],
  ['json', 'json'],
  ['jsonc', 'json'],
  ['markdown', 'markdown'],
  ['shellscript', 'shell'],
  ['bash', 'shell'],
  ['sh', 'shell'],
]);

const byExtension = new Map<string, SourceForm>([
  ['yaml', 'yaml'],
  ['yml', 'yaml'],
  ['json', 'json'],
  ['md', 'markdown'],
  ['markdown', 'markdown'],
  ['sh', 'shell'],
  ['bash', 'shell'],
]);

/** How a file is read, by what the editor calls it, else by its extension. */
export function sourceForm(uri: string, languageId: string | undefined): SourceForm | undefined {
  const path = uri.replace(/[?#].*$/, '');
  const extension = /\.([A-Za-z]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return byLanguage.get(languageId ?? '') ?? byExtension.get(extension);
}
