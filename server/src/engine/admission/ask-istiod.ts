import { findSchema } from '../schema/schema';
import type { IstioVersion } from '../schema/versions';
import { isHole } from '../source/holes';
import type { SourceDocument } from '../source/source';
import { type ValidationFinding, validate } from '../validation/validate';
import type { Path } from '../yaml/node';
import { childOf, pairOf, resolved } from '../yaml/walk';

interface Asked {
  readonly base: Path;
  readonly value: unknown;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly rejectedBy?: string;
}

interface Answer {
  readonly refuses: boolean;
  readonly findings: readonly ReturnType<typeof toOwn>[];
}

const nothing: Answer = { refuses: false, findings: [] };

/** istiod is asked last, so what others have refused never gets there. */
export function askIstiod(
  document: SourceDocument,
  { base, value, apiVersion, kind, namespace, rejectedBy }: Asked,
  partial: 'template' | 'fragment' | 'patch' | undefined,
  target: IstioVersion | undefined,
): Answer {
  if (rejectedBy || partial === 'fragment' || !findSchema(apiVersion, kind)) {
    return nothing;
  }
  const findings = validate(kind, value, base, {
    target,
    namespace: namespace ?? document.commandNamespace,
    partial: partial !== undefined,
    isWritten: (path) => isWritten(document, path),
  });
  return {
    refuses: findings.some((it) => it.severity === 'error'),
    findings: findings.map(toOwn),
  };
}

/** Whether the value at `path` is there, and neither it nor its key is filled in before the cluster sees it. */
function isWritten(document: SourceDocument, path: Path): boolean {
  let node = resolved(document.yaml.root);
  for (const step of path) {
    const pair = node?.type === 'map' ? pairOf(node, String(step)) : undefined;
    if (pair && isHole(document, pair.key)) {
      return false;
    }
    node = resolved(childOf(node, step));
  }
  return node !== undefined && !isHole(document, node);
}

function toOwn({ code, severity, istio, path, part, message, fixes, istioctlOnly }: ValidationFinding) {
  return {
    code,
    layer: 'istiod' as const,
    severity,
    ...(istio && { istio }),
    at: { path, ...(part && { part }) },
    message,
    fixes,
    ...(istioctlOnly && { istioctlOnly }),
  };
}
