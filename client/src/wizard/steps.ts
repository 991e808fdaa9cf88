/** Someone went one step back. */
export const back = Symbol('back');

/** What a step gives: what is known now, one step back, or nothing when someone left. */
export type Outcome<T> = T | typeof back | undefined;

export interface Progress {
  readonly step: number;
  readonly totalSteps: number;
}

export type Step<State> = (state: State, progress: Progress) => Promise<Outcome<State>>;

/**
 * Leads through the steps, back and forth, and gives what is known at the end; nothing when someone left. A step
 * that is taken again knows its own answer of before.
 */
export async function lead<State>(start: State, steps: readonly Step<State>[]): Promise<State | undefined> {
  let state = start;
  for (let index = 0; index < steps.length; ) {
    const outcome = await steps[index]!(state, { step: index + 1, totalSteps: steps.length });
    if (outcome === undefined) {
      return undefined;
    }
    if (outcome === back) {
      index--;
    } else {
      state = outcome as State;
      index++;
    }
  }
  return state;
}
