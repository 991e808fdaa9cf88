import type { OwnFinding } from './admission/inspect';
import type { Diagnostic, FileFix } from './diagnostic';
import type { Anchor, DocumentChange, Finding, Fix, Subject } from './model/finding';
import { isSeen } from './rules/istioctl/message';
import type { Crds } from './schema/crd';
import type { Slot, SourceDocument, SourceEntry } from './source/source';
import { toFileEdits } from './source/source-map';
import type { TextEdit } from './text/edit';
import type { Span } from './text/span';
import type { Change } from './workspace/changed-objects';
import type { Workspace } from './workspace/workspace';
import type { YamlEdit } from './yaml/edit';
import { editDocument } from './yaml/edit-document';
import { stringify } from './yaml/stringify';
import { styleOf } from './yaml/style';
import { spanAt } from './yaml/walk';

/** Turns places named by structure into offsets of files, as late as possible. */
export class Renderer {
  readonly #workspace: Workspace;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  diagnostic(finding: Finding): Diagnostic | undefined {
    const located = this.#workspace.locate(finding.slot);
    if (!located) {
      return undefined;
    }
    return {
      code: finding.code,
      ...(finding.istio && { istio: finding.istio }),
      severity: finding.severity,
      layer: finding.layer,
      span: spanInFile(located.entry, finding.at),
      message: finding.message,
      ...(finding.subject && { subject: finding.subject }),
      related: finding.related.flatMap(({ slot, at, subject, message }) => {
        const place = this.place(slot, at);
        return place ? [{ ...place, message, ...(subject && { subject }) }] : [];
      }),
      finding,
    };
  }

  place(slot: Slot, at: Anchor): { readonly uri: string; readonly span: Span } | undefined {
    const located = this.#workspace.locate(slot);
    return located && { uri: located.file.uri, span: spanInFile(located.entry, at) };
  }

  /** Nothing when a document the fix would change is gone, or when nothing can be written behind it. */
  fix(fix: Fix): FileFix | undefined {
    const edits = new Map<string, TextEdit[]>();
    for (const [slot, changes] of bySlot(fix.changes)) {
      const located = this.#workspace.locate(slot);
      if (!located || (isJson(located.entry) && changes.some((it) => 'object' in it))) {
        return undefined;
      }
      const own = this.documentEdits(located.entry, changes);
      const { uri } = located.file;
      edits.set(uri, [...(edits.get(uri) ?? []), ...toFileEdits(located.entry, own, located.file.eol)]);
    }
    return { title: fix.title, preferred: fix.preferred ?? false, safe: fix.safe ?? false, edits };
  }

  documentEdits(entry: SourceEntry, changes: readonly DocumentChange[]): TextEdit[] {
    const { yaml } = entry.document;
    const edits: YamlEdit[] = changes.flatMap((change) => ('edits' in change ? change.edits : []));
    const appended = changes.flatMap((change) => textBehind(change, yaml.text) ?? []);
    const end = yaml.text.length;
    const separator = yaml.text.endsWith('\n') ? '' : '\n';
    return [
      ...editDocument(yaml, edits),
      ...changes.flatMap((change) => ('text' in change ? change.text : [])),
      ...appended.map((text) => ({ span: { start: end, end }, insert: `${separator}---\n${text}` })),
    ];
  }

  /** Of what others change only the structure is told: which values istiod gets to see is not known. */
  ownFindings(slot: Slot, document: SourceDocument, change: Change | undefined, crds: Crds): Finding[] {
    const inspection = this.#workspace.inspector.inspect(document, change !== undefined, crds);
    const repeatsAll = this.#workspace.settings.scope.profile === 'istioctl';
    return inspection.findings.flatMap((finding) => {
      const subject = subjectOf(finding, inspection.objects);
      const isToldByIstioctl = finding.istio !== undefined && (!subject || isSeen(subject));
      if (
        (finding.istioctlOnly && !(repeatsAll && isToldByIstioctl)) ||
        (change === 'changed' && finding.layer === 'istiod')
      ) {
        return [];
      }
      return {
        code: finding.code,
        ...(isToldByIstioctl && { istio: finding.istio }),
        severity: finding.severity,
        layer: finding.layer,
        slot,
        at: finding.at,
        message: finding.message,
        ...(subject && { subject }),
        related: [],
        fixes: finding.fixes.map(({ edits, ...fix }) => ({ ...fix, changes: [{ slot, edits }] })),
      };
    });
  }
}

function isJson({ document }: SourceEntry): boolean {
  return document.yaml.text.trimStart().startsWith('{');
}

/** What a change writes behind a document; the file's own line ends come in where it is put into the file. */
function textBehind(change: DocumentChange, text: string): string | undefined {
  if ('object' in change) {
    return `${stringify(change.object, { ...styleOf(text), eol: '\n' })}\n`;
  }
  return 'append' in change ? change.append : undefined;
}

function spanInFile({ place, document }: SourceEntry, at: Anchor): Span {
  const own = 'span' in at ? at.span : spanInDocument(document, at);
  return { start: place.toFile(own.start), end: place.toFile(own.end) };
}

type PathAnchor = Exclude<Anchor, { readonly span: Span }>;

/** Findings outlive many renderings, and their documents change seldom. */
const spans = new WeakMap<PathAnchor, { readonly document: SourceDocument; readonly span: Span }>();

function spanInDocument(document: SourceDocument, at: PathAnchor): Span {
  let known = spans.get(at);
  if (known?.document !== document) {
    known = { document, span: spanAt(document.yaml.root, at.path, at.part) };
    spans.set(at, known);
  }
  return known.span;
}

function bySlot(changes: readonly DocumentChange[]): Map<Slot, DocumentChange[]> {
  const grouped = new Map<Slot, DocumentChange[]>();
  for (const change of changes) {
    grouped.set(change.slot, [...(grouped.get(change.slot) ?? []), change]);
  }
  return grouped;
}

function subjectOf(
  { at }: OwnFinding,
  objects: readonly {
    readonly base: readonly (string | number)[];
    readonly kind: string;
    readonly namespace: string | undefined;
    readonly name: string;
  }[],
): Subject | undefined {
  const object = objects.find(
    ({ base }) => 'span' in at || base.every((step, index) => at.path[index] === step),
  );
  return object && object.kind !== ''
    ? { kind: object.kind, namespace: object.namespace ?? 'default', name: object.name }
    : undefined;
}
