import type { RegionMap } from './region-map';

/** A piece of a Markdown or shell file that holds YAML. */
export interface Region {
  readonly map: RegionMap;
  /** What replaces `$NAME` before the cluster sees the text. */
  readonly variables: Variables;
  /** Whether a document in it may leave out what prose around it does not need. */
  readonly prose: boolean;
  /** Whether a command reads it as a change of an object, not as an object. */
  readonly isPatch: boolean;
  /** Characters a backslash takes the meaning from: offsets into the text of the map, in order. */
  readonly escaped: readonly number[];
  readonly commandNamespace?: string;
}

/** `shell`: an unquoted heredoc. `envsubst`: `${NAME}` in a file that someone may run through a tool of that kind. */
export type Variables = 'none' | 'shell' | 'envsubst';
