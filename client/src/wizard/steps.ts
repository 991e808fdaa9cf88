/** Someone went one step back. */
export const back = Symbol('back');

/** What a step gives: what is known now, one step back, or nothing when someone left. */
export type Outcome<T> = T | typeof back | undefined;

export interface Progress {
  readonly step: number;
  readonly totalSteps: number;
}

export type Step<State> = (state: State, progress: Progress) => Promise<Outcome<State>>;

/** Leads through the steps, back and forth, and gives what is known at the end; nothing when someone left. */
export async function lead<State>(start: State, steps: readonly Step<State>[]): Promise<State | undefined> {
  const states: State[] = [start];
  while (states.length <= steps.length) {
    const step = states.length;
    const outcome = await steps[step - 1]!(states.at(-1)!, { step, totalSteps: steps.length });
    if (outcome === undefined) {
      return undefined;
    }
    if (outcome === back) {
      states.pop();
    } else {
      states.push(outcome as State);
    }
  }
  return states.at(-1);
}
