/** How many disagreements a report shows of each kind. */
const mostShown = 20;

/** Rates count right answers of all; what is missing is wrong. */
export class Rate {
  right = 0;
  all = 0;

  add(isRight) {
    this.all++;
    this.right += isRight ? 1 : 0;
    return isRight;
  }

  get value() {
    return this.all === 0 ? null : this.right / this.all;
  }
}

/** The first of many, and how many there were. */
export class Examples {
  shown = [];
  count = 0;

  add(example) {
    this.count++;
    if (this.shown.length < mostShown) {
      this.shown.push(example);
    }
  }
}

/** The parts of a path that are compared. */
const pathKey = ({ outcome, via, host, port, tls }) =>
  JSON.stringify([
    outcome ?? '',
    via ?? [],
    host ?? '',
    String(port ?? ''),
    (tls ?? []).map(({ mode, sni }) => [mode ?? '', sni ?? '']),
  ]);

/** Where the requests of a call end, whatever their order and share. */
export const pathsOf = (call) => [...new Set((call?.paths ?? []).map(pathKey))].sort();

export const callKey = (call) => JSON.stringify(pathsOf(call));

/** The answers to the calls of a case, by their names. */
export const callKeys = (answer) => new Map((answer?.calls ?? []).map((it) => [it.id, callKey(it)]));
