// What the other YAML extension is told of the documents of a file. It asks for a schema by URI and remembers the
// answer for good, so the URI itself says everything the answer depends on.

/** Schemas of the Kubernetes extension, by document; nothing where our own server answers. */
type Sequence = readonly (string | undefined)[];

export function schemaUri(scheme: string, text: string, hasKubernetesSchemas: boolean): string {
  const sequence = documentsOf(text).map((it) => (hasKubernetesSchemas ? kubernetesSchema(it) : undefined));
  return `${scheme}://documents/${encodeURIComponent(JSON.stringify(sequence.map((it) => it ?? null)))}`;
}

/** One schema for each document. An empty one accepts everything and says nothing. */
export function schemaContent(uri: string): string {
  return JSON.stringify({
    schemaSequence: sequenceIn(uri).map((it) => (it === undefined ? {} : { $ref: it })),
  });
}

function sequenceIn(uri: string): Sequence {
  const encoded = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    const read: unknown = JSON.parse(decodeURIComponent(encoded));
    return Array.isArray(read) ? read.map((it) => (typeof it === 'string' ? it : undefined)) : [];
  } catch {
    return [];
  }
}

/** The texts between the separators; what stands before the first one counts only if it says something. */
function documentsOf(text: string): string[] {
  const [first = '', ...rest] = text.split(/^---(?=\s|$)/m);
  const isEmpty = first.split('\n').every((line) => /^\s*(?:#|%|$)/.test(line));
  return isEmpty && rest.length > 0 ? rest : [first, ...rest];
}

/** Only kinds that every cluster has: the Kubernetes extension answers for others with an error. */
const builtInGroup =
  /^(?:v1|(?:apps|batch|autoscaling|policy|networking\.k8s\.io|rbac\.authorization\.k8s\.io)\/\w+)$/;

function kubernetesSchema(document: string): string | undefined {
  const apiVersion = topLevel(document, 'apiVersion');
  const kind = topLevel(document, 'kind');
  return apiVersion !== undefined && kind !== undefined && builtInGroup.test(apiVersion)
    ? `kubernetes://schema/${apiVersion}@${kind}`.toLowerCase()
    : undefined;
}

const topLevel = (document: string, key: string): string | undefined =>
  new RegExp(`^${key}:[ \\t]+["']?([\\w./-]+)`, 'm').exec(document)?.[1];
