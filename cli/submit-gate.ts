/**
 * Lets submissions run side by side, and one thing alone: while a lost batch is looked for by its size and time, no other
 * submission may be in the air whose batch could be taken for it.
 */
export class SubmitGate {
  private runningCount = 0;
  private isClosed = false;
  private waiting: (() => void)[] = [];

  async run<Result>(submit: () => Promise<Result>): Promise<Result> {
    while (this.isClosed) await this.change();
    this.runningCount += 1;
    try {
      return await submit();
    } finally {
      this.runningCount -= 1;
      this.changed();
    }
  }

  /** Runs when nothing else does, and lets nothing else begin. Not to be called from within `run`. */
  async alone<Result>(look: () => Promise<Result>): Promise<Result> {
    while (this.isClosed) await this.change();
    this.isClosed = true;
    try {
      while (this.runningCount > 0) await this.change();
      return await look();
    } finally {
      this.isClosed = false;
      this.changed();
    }
  }

  private change(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private changed(): void {
    const woken = this.waiting;
    this.waiting = [];
    for (const wake of woken) wake();
  }
}
