/** Counts results of one stage and prints each failure when it happens. */
export class Tally {
  passed = 0;
  failed = 0;

  pass(count = 1) {
    this.passed += count;
  }

  /** @param detail what a person needs to see to mend it */
  fail(title, detail = '') {
    this.failed++;
    console.log(`  FAILED  ${title}`);
    if (detail) {
      console.log(String(detail).trimEnd().replace(/^/gm, '          '));
    }
  }
}
