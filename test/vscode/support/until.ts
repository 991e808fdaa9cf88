/** Waits for something to come true: an editor answers late, never at once. */
export async function until<T>(
  what: string,
  look: () => T | undefined | null | false | Thenable<T | undefined | null | false>,
  ms = 15_000,
): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const value = await look();
    if (value !== undefined && value !== null && value !== false) {
      return value;
    }
    if (Date.now() > end) {
      throw new Error(`Waited ${ms / 1000} s in vain for ${what}`);
    }
    await pause(50);
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
