/** Something a value may name. */
export interface Candidate {
  readonly value: string | number;
  readonly detail?: string;
  /** Markdown; made when somebody looks at it, for there may be thousands. */
  readonly describe?: () => string;
}
