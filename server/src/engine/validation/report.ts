import type { StructureFix } from '../schema/structure-finding';
import { type IstioVersion, isNewer } from '../schema/versions';
import type { Path } from '../yaml/node';
import type { ValidationCode } from './codes';
import type { Part } from './part';

/** What istiod's webhook would say to an object that the API server has accepted. Paths count from the document. */
export interface ValidationFinding {
  readonly code: ValidationCode;
  readonly severity: 'error' | 'warning' | 'info';
  /** The code `istioctl analyze` gives it. */
  readonly istio?: `IST${string}`;
  readonly path: Path;
  readonly part?: 'key' | 'value';
  readonly message: string;
  readonly fixes: readonly StructureFix[];
  /** Not so, or told already by another finding: only for those who want to hear exactly what istioctl says. */
  readonly istioctlOnly?: boolean;
}

export interface ValidationContext {
  /** What the mesh has; nothing when it has all that is known here. */
  readonly target?: IstioVersion | undefined;
  /** The object's namespace, where the document or its command line names it. */
  readonly namespace: string | undefined;
  /** Whether something is filled in or added before the cluster sees the object: then only what is written counts. */
  readonly partial: boolean;
  /** Whether the value at `path` stands in the document, and as the cluster will see it. */
  isWritten(path: Path): boolean;
}

interface Details {
  /** Marks the key instead of the value. */
  readonly key?: boolean;
  readonly fixes?: readonly StructureFix[];
  /** Undefined where istiod loses the message on its way. */
  readonly istio?: `IST${string}` | undefined;
  readonly istioctlOnly?: boolean;
  /** The first version whose istiod looks for it; older ones take the object as it is. */
  readonly since?: string;
}

const asError = 'IST0106';
const asWarning = 'IST0133';

/** Collects what is wrong with one object. */
export class Report {
  readonly findings: ValidationFinding[] = [];
  readonly context: ValidationContext;

  constructor(context: ValidationContext) {
    this.context = context;
  }

  /** Refuses a value that is wrong whatever else the object says. */
  value(code: ValidationCode, at: Part, message: string, details: Details = {}): void {
    const { path } = at;
    if (!this.context.partial || this.context.isWritten(path)) {
      this.#add(code, 'error', path, message, { istio: asError, ...details });
    }
  }

  /** Refuses what is wrong because of other values, or because of their absence. */
  whole(code: ValidationCode, at: Part, message: string, details: Details = {}): void {
    if (!this.context.partial) {
      this.#add(code, 'error', at.path, message, { istio: asError, ...details });
    }
  }

  /** Refuses what newer versions than the mesh's take; `what` they do. */
  tooNew(code: ValidationCode, at: Part, what: string, since: string): void {
    const { target } = this.context;
    if (isNewer(since, target)) {
      this.value(code, at, `${what} since Istio ${since}; this mesh has ${target}, which refuses it`);
    }
  }

  /** Says what istiod accepts with a warning. */
  warn(code: ValidationCode, at: Part, message: string, details: Details = {}): void {
    if (!this.context.partial) {
      this.#add(code, 'warning', at.path, message, { istio: asWarning, ...details });
    }
  }

  /** Says what istiod warns of although nothing has to be wrong. */
  inform(code: ValidationCode, at: Part, message: string, details: Details = {}): void {
    if (!this.context.partial) {
      this.#add(code, 'info', at.path, message, { istio: asWarning, ...details });
    }
  }

  #add(
    code: ValidationCode,
    severity: ValidationFinding['severity'],
    path: Path,
    message: string,
    { key, fixes = [], istio, istioctlOnly, since }: Details,
  ): void {
    const { target } = this.context;
    const early = isNewer(since, target);
    const verb = severity === 'error' ? 'refuses it' : 'warns of it';
    const outlook = early ? ` (istiod ${verb} since Istio ${since}; this mesh has ${target})` : '';
    this.findings.push({
      code,
      severity: early ? 'info' : severity,
      ...(istio && !early && { istio }),
      path,
      ...(key && { part: 'key' as const }),
      message: sentence(message) + outlook,
      fixes,
      ...(istioctlOnly && { istioctlOnly }),
    });
  }
}

/** `safe`: nothing is lost by it, whatever the author meant. */
export function removal(title: string, at: Part, safe = false): StructureFix {
  return { title, edits: [{ op: 'remove', path: at.path }], ...(safe && { safe, preferred: true }) };
}

export function replacement(title: string, at: Part, value: string | number | boolean): StructureFix {
  return { title, edits: [{ op: 'set', path: at.path, value }], preferred: true };
}

function sentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}

/** The first line of an item of a list, for what is wrong with all of it. */
export function headOf(item: Part): readonly [at: Part, details: { readonly key: boolean }] {
  const first = item.children[0]?.[1];
  return first ? [first, { key: true }] : [item, { key: false }];
}
