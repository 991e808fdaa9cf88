import type { Span } from '../text/span';
import type { YamlDocument } from '../yaml/node';
import { readYaml } from '../yaml/read';
import { pairOf, resolved } from '../yaml/walk';
import type { Variables } from './region';
import type { SourceDocument } from './source';
import { maskTemplate } from './template';

/** Everything but its text that decides how a document is read. */
export interface ReadContext {
  readonly templates: boolean;
  /** The file is rendered by Helm, so all of it depends on what is filled in. */
  readonly chart: boolean;
  readonly variables: Variables;
  /** It stands in prose, which may show a piece only. */
  readonly prose: boolean;
  /** An ellipsis says that something is left out, or it is a patch. */
  readonly incomplete: boolean;
  readonly commandNamespace?: string;
}

/** Reads one document; nothing when it is empty. */
export function readDocument(
  text: string,
  context: ReadContext,
  escaped: readonly number[],
): SourceDocument | undefined {
  const { templates, variables, prose, commandNamespace } = context;
  const masked = maskTemplate(text, {
    actions: templates,
    variables: templates ? variables : 'none',
    placeholders: templates && prose,
    ...(escaped.length > 0 && { escaped: new Set(escaped) }),
  });
  const yaml = readYaml(masked.text);
  if (yaml.root === undefined && yaml.problems.length === 0) {
    return undefined;
  }
  const partial = partialOf(yaml, context, masked.isTemplate);
  return {
    yaml,
    holes: masked.holes.length === 0 ? noHoles : masked.holes,
    ...(partial && { partial }),
    ...(commandNamespace !== undefined && { commandNamespace }),
  };
}

const noHoles: readonly Span[] = [];

function partialOf(yaml: YamlDocument, context: ReadContext, isTemplate: boolean): SourceDocument['partial'] {
  if (context.incomplete || (context.prose && !isShownWhole(yaml))) {
    return 'fragment';
  }
  return isTemplate || context.chart ? 'template' : undefined;
}

/** Prose shows pieces, output and broken things on purpose; what it says of Istio is taken at its word. */
function isShownWhole(yaml: YamlDocument): boolean {
  return (
    namesKind(yaml) && (yaml.problems.length === 0 || /\bistio\.io\/|\.networking\.k8s\.io\//.test(yaml.text))
  );
}

function namesKind({ root }: YamlDocument): boolean {
  const object = resolved(root);
  return (
    object?.type === 'map' &&
    pairOf(object, 'apiVersion') !== undefined &&
    pairOf(object, 'kind') !== undefined
  );
}
