const refusedDownloads = 3;
/** So many downloads without a complete one are no chance, even where each of them ends somewhere else. */
const refusedInARow = 12;
/** Then what comes close to the most is as good: whoever damages every download in another way never repeats a size. */
const closeToMost = 0.9;
const rememberedDownloads = 1000;

/** The most that ever came of a download that is short, how often so much came, and downloads so far. */
type Shortage = { largestAmount: number; times: number; downloads: number };

/**
 * Tells a download that was cut off from results that are simply fewer than expected. A body can end cleanly and too
 * early, so too little counts as cut off and should be fetched again. What is cut off ends here and there. When the most
 * that ever came has come four times, or comes nearly again after twelve downloads, it is all that the provider has, and
 * is let through. Else a job with one lost line could never be collected.
 */
export class ShortageWatch {
  private readonly shortages = new Map<string, Shortage>();

  /** `amount` is what arrived (lines or bytes) of the `expected` for the download named `key`. */
  isCutOff(key: string, amount: number, expected: number): boolean {
    const earlier = this.shortages.get(key);
    this.shortages.delete(key);
    if (amount >= expected) return false;
    const { largestAmount, times, downloads } = earlier ?? { largestAmount: -1, times: 0, downloads: 0 };
    const hasGrown = amount > largestAmount;
    // Once let through it stays so: results in two files start over with the first when the second is short.
    const now = hasGrown ? 1 : amount === largestAmount ? times + 1 : times;
    this.shortages.set(key, {
      largestAmount: Math.max(amount, largestAmount),
      times: now,
      downloads: downloads + 1,
    });
    this.forgetOldest();
    if (downloads >= refusedInARow) return amount < closeToMost * largestAmount;
    return amount < largestAmount || now <= refusedDownloads;
  }

  private forgetOldest(): void {
    if (this.shortages.size <= rememberedDownloads) return;
    const [oldest] = this.shortages.keys();
    if (oldest !== undefined) this.shortages.delete(oldest);
  }
}
