/** Where the reading of an expression stands. */
export interface Cursor {
  readonly text: string;
  index: number;
  /** Names of groups so far. */
  readonly names: Set<string>;
}

/** Ends the reading of an expression; the message says why. */
export class RegexFault extends Error {}
