import type { DocumentChange, Finding, Fix } from './model/finding';
import type { SourceDocument } from './source/source';
import type { Path } from './yaml/node';
import { stringAt } from './yaml/walk';

/** Where istioctl looks for codes that it is not to report of an object, with commas between them, or for `*`. */
const annotation = 'galley.istio.io/analyze-suppress';

/** A comment anywhere in a document: the rules named are silent in it. What stands behind the names is for people. */
const comment = /(?:^|\s)#[ \t]*istio-egress:[ \t]*ignore[ \t]+([\w/-]+(?:[ \t]*,[ \t]*[\w/-]+)*)/gm;

/** Whether whoever wrote the document asks not to be told. */
export function isSuppressed(document: SourceDocument, finding: Finding): boolean {
  return ignoredIn(document).has(finding.code) || isSuppressedByAnnotation(document, finding);
}

const known = new WeakMap<SourceDocument, ReadonlySet<string>>();

function ignoredIn(document: SourceDocument): ReadonlySet<string> {
  let ignored = known.get(document);
  if (!ignored) {
    const { text } = document.yaml;
    const names = text.includes('istio-egress:')
      ? [...text.matchAll(comment)].flatMap(([, it]) => listed(it))
      : [];
    ignored = new Set(names);
    known.set(document, ignored);
  }
  return ignored;
}

/** What the cluster refuses stays refused, so only what `istioctl analyze` could say, and what is like it, goes. */
function isSuppressedByAnnotation({ yaml }: SourceDocument, { at, istio, layer }: Finding): boolean {
  if (!yaml.text.includes(annotation) || !('path' in at)) {
    return false;
  }
  const codes = listed(stringAt(yaml.root, ...annotationPath(at.path)));
  const isAnalysis = layer === 'analysis' || layer === 'traffic' || istio !== undefined;
  return isAnalysis && (codes.includes('*') || (istio !== undefined && codes.includes(istio)));
}

const listed = (text: string | undefined): string[] => (text ?? '').split(',').map((it) => it.trim());

/** Items of a List have annotations of their own. */
function annotationPath(path: Path): Path {
  const base = path[0] === 'items' && typeof path[1] === 'number' ? path.slice(0, 2) : [];
  return [...base, 'metadata', 'annotations', annotation];
}

/** Both ways to be told no more of a finding, for after everything that mends it. */
export function waysToSilence(document: SourceDocument, finding: Finding): readonly Fix[] {
  return [...commentFix(document, finding), ...annotationFix(document, finding)];
}

/** Adds the rule to the names that a comment lists already, else writes one above the first line. */
function commentFix({ yaml: { text, root } }: SourceDocument, { code, slot }: Finding): Fix[] {
  if (text.trimStart().startsWith('{')) {
    return []; // JSON has no comments.
  }
  const [present] = text.matchAll(comment);
  const first = root?.start ?? 0;
  const lineStart = text.lastIndexOf('\n', first - 1) + 1;
  const at = present ? present.index + present[0].length : lineStart;
  const indent = text.slice(lineStart, first).replace(/\S.*/s, '');
  const insert = present ? `, ${code}` : `${indent}# istio-egress: ignore ${code}\n`;
  const change: DocumentChange = { slot, text: [{ span: { start: at, end: at }, insert }] };
  return [{ title: `Ignore ${code} in this document`, changes: [change] }];
}

function annotationFix({ yaml: { root } }: SourceDocument, { istio, at, slot }: Finding): Fix[] {
  if (istio === undefined || !('path' in at)) {
    return [];
  }
  const path = annotationPath(at.path);
  const codes = listed(stringAt(root, ...path)).filter((it) => it !== '');
  const change: DocumentChange = {
    slot,
    edits: [{ op: 'set', path, value: [...codes, istio].join(',') }],
  };
  return [{ title: `Suppress ${istio} on this object, for istioctl too`, changes: [change] }];
}
