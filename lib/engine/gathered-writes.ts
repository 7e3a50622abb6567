type Asked<Input, Result> = {
  input: Input;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
};

/** More would make one statement long, and others of this process wait for it. */
const largestGathering = 100;

/**
 * Writes many rows with one statement although each is asked for by itself: what is asked for while a write is under way
 * goes out together after it. Nobody waits for company. Each hears of its own row alone: where a joint write fails, each
 * row is written by itself.
 */
export class GatheredWrites<Input, Result> {
  readonly #writeAll: (inputs: Input[]) => Promise<Result[]>;
  #waiting: Asked<Input, Result>[] = [];
  #isWriting = false;

  /** `writeAll` answers in the order of its inputs. */
  constructor(writeAll: (inputs: Input[]) => Promise<Result[]>) {
    this.#writeAll = writeAll;
  }

  write(input: Input): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ input, resolve, reject });
      if (!this.#isWriting) void this.#writeWaiting();
    });
  }

  async #writeWaiting(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const asked = this.#waiting.splice(0, largestGathering);
      try {
        await this.#settle(asked);
      } catch (error) {
        if (asked.length === 1) asked[0]?.reject(error);
        else await Promise.all(asked.map((one) => this.#settle([one]).catch(one.reject)));
      }
    }
    this.#isWriting = false;
  }

  async #settle(asked: Asked<Input, Result>[]): Promise<void> {
    const results = await this.#writeAll(asked.map(({ input }) => input));
    if (results.length !== asked.length) throw new RangeError("Each row has one result.");
    // The lengths are equal, so there is a result for each.
    asked.forEach(({ resolve }, index) => resolve(results[index] as Result));
  }
}
