import type { DocumentChange } from '../model/finding';
import type { Slot } from '../source/source';
import type { YamlStyle } from '../yaml/edit';
import { stringify } from '../yaml/stringify';
import { hostLabel } from './names';
import type { RoutePlan } from './plan';
import type { PlannedDocument } from './planned-documents';

type MissingDocument = Extract<PlannedDocument, { state: 'missing' }>;

/** How documents are written when there is no file to take after. */
const plainStyle: YamlStyle = { indent: 2, indentSequences: true, eol: '\n' };

export interface NewFile {
  readonly name: string;
  readonly text: string;
}

export function missingDocuments(plan: RoutePlan): readonly MissingDocument[] {
  return plan.documents.filter((it) => it.state === 'missing');
}

/** One document with a line that says what it is for, and a line end. */
function renderDocument({ manifest, purpose }: MissingDocument, style: YamlStyle): string {
  const sentence = `${purpose.charAt(0).toUpperCase()}${purpose.slice(1)}.`;
  return `# ${sentence}${style.eol}${stringify(manifest, style)}${style.eol}`;
}

function renderDocuments(documents: readonly MissingDocument[], style: YamlStyle): string {
  return documents.map((it) => renderDocument(it, style)).join(`---${style.eol}`);
}

/** The documents to write, as one file or as one for each. */
export function newFiles(
  plan: RoutePlan,
  layout: 'one' | 'several' = 'one',
  style: YamlStyle = plainStyle,
): readonly NewFile[] {
  const documents = missingDocuments(plan);
  if (documents.length === 0) {
    return [];
  }
  const host = hostLabel(plan.host);
  return layout === 'one'
    ? [{ name: `${host}-egress.yaml`, text: renderDocuments(documents, style) }]
    : documents.map((it) => {
        return { name: `${host}-${fileNameOf(it, plan)}.yaml`, text: renderDocument(it, style) };
      });
}

function fileNameOf(document: MissingDocument, { host, documents }: RoutePlan): string {
  const { kind, manifest } = document;
  const words = kind.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
  const ofHost = kind === 'DestinationRule' && JSON.stringify(manifest.spec).includes(`"host":"${host}"`);
  const twins = documents.filter((it) => it.kind === kind && it.state === 'missing');
  const number = twins.indexOf(document) + 1;
  return ofHost ? 'tls-origination' : twins.length > 1 && number > 1 ? `${words}-${number}` : words;
}

/** The plan as changes of documents: edits where they stand, and the missing ones written behind `anchor`. */
export function documentChanges(
  plan: RoutePlan,
  anchor: Slot,
  style: YamlStyle,
  fits: (document: MissingDocument) => boolean = () => true,
): readonly DocumentChange[] {
  const edits = editsOfPlan(plan);
  const missing = missingDocuments(plan).filter(fits);
  // The file's own line ends come in where the text is put into the file.
  const append = renderDocuments(missing, { ...style, eol: '\n' });
  return missing.length > 0 ? [...edits, { slot: anchor, append }] : edits;
}

/** What is there and lacks something, edited where it stands. */
export function editsOfPlan({ documents }: RoutePlan): readonly DocumentChange[] {
  return documents.flatMap((it) => (it.state === 'incomplete' ? [{ slot: it.slot, edits: it.edits }] : []));
}
