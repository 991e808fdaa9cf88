import type { Disposable } from 'vscode';

/** Runs the last of many calls, when no other has come for a while. */
export class Pause implements Disposable {
  readonly #ms: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(ms: number) {
    this.#ms = ms;
  }

  run(action: () => unknown): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void action(), this.#ms);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
