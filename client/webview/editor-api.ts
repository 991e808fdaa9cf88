/** What the editor hands to a page: `Message` is what the page sends, `State` what it remembers. */
export interface EditorApi<Message, State> {
  postMessage(message: Message): void;
  getState(): State | undefined;
  setState(state: State): void;
}

declare function acquireVsCodeApi<Message, State>(): EditorApi<Message, State>;

/** The editor hands it out once for each page. */
export function editorApi<Message, State>(): EditorApi<Message, State> {
  return acquireVsCodeApi<Message, State>();
}
