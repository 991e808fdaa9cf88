import type { Projects } from './project';

/** Typing is answered from what is known; requests are followed once it pauses. In milliseconds. */
const pause = 250;
/** After so long whoever waits for an answer comes first. In milliseconds. */
const slice = 4;

/** Follows requests in the background, a little at a time, and then calls `done`. */
export class CatchUp {
  readonly #projects: Projects;
  readonly #done: () => void;
  #timer: NodeJS.Timeout | undefined;
  #isBehind = false;
  #waiting: (() => void)[] = [];

  constructor(projects: Projects, done: () => void) {
    this.#projects = projects;
    this.#done = done;
  }

  start(): void {
    clearTimeout(this.#timer);
    this.#isBehind = true;
    this.#timer = setTimeout(() => void this.#work(), pause).unref();
  }

  /** Resolves when nobody types and every request that rules follow is followed. */
  settled(): Promise<void> {
    return this.#isBehind ? new Promise((resolve) => void this.#waiting.push(resolve)) : Promise.resolve();
  }

  #work(): void {
    const end = performance.now() + slice;
    const isLate = (): boolean => performance.now() > end;
    const isBehind = [...this.#projects.all()].map(({ engine }) => engine.catchUp(isLate)).includes(true);
    if (isBehind) {
      this.#timer = setTimeout(() => void this.#work(), 0).unref();
    } else {
      this.#isBehind = false;
      this.#done();
      this.#waiting.splice(0).forEach((resolve) => void resolve());
    }
  }
}
