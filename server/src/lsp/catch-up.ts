import { type Backlog, mostUrgent } from '../engine/rules/checker';
import type { Projects } from './project';

/** Typing is answered from what is known; requests are followed once it pauses. In milliseconds. */
const pause = 250;
/** After so long whoever waits for an answer comes first. In milliseconds. */
const slice = 4;
/** Whoever asks something often asks again soon after. In milliseconds. */
const courtesy = 40;

/** Does what the engine has put off in the background, a little at a time, and calls `done` after each part. */
export class CatchUp {
  readonly #projects: Projects;
  readonly #done: () => void;
  #timer: NodeJS.Timeout | undefined;
  /** When the timer fires. */
  #due = 0;
  #isBehind = false;
  #waiting: (() => void)[] = [];

  constructor(projects: Projects, done: () => void) {
    this.#projects = projects;
    this.#done = done;
  }

  start(): void {
    this.#isBehind = true;
    this.#again(this.#backlog() === 'documents' ? courtesy : pause);
  }

  /** Lets someone go first who has just asked something. */
  makeWay(): void {
    if (this.#isBehind && this.#due < performance.now() + courtesy) {
      this.#again(courtesy);
    }
  }

  /** Resolves when nobody types and nothing is put off any more. */
  settled(): Promise<void> {
    return this.#isBehind ? new Promise((resolve) => void this.#waiting.push(resolve)) : Promise.resolve();
  }

  #again(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#due = performance.now() + milliseconds;
    this.#timer = setTimeout(() => void this.#work(), milliseconds).unref();
  }

  #work(): void {
    const before = this.#backlog();
    const end = performance.now() + slice;
    const isLate = (): boolean => performance.now() > end;
    for (const { engine } of this.#projects.all()) {
      engine.catchUp(isLate);
    }
    const after = this.#backlog();
    if (after === 'none') {
      this.#isBehind = false;
      this.#done();
      this.#waiting.splice(0).forEach((resolve) => void resolve());
      return;
    }
    if (before === 'documents' && after === 'requests') {
      this.#done();
    }
    this.#again(0);
  }

  /** Requests are followed when every document is checked: only then is it known where no rule tells the cause. */
  #backlog(): Backlog {
    return mostUrgent([...this.#projects.all()].map(({ engine }) => engine.backlog));
  }
}
