const refusedDownloads = 3;
const rememberedDownloads = 1000;

/** How often in a row a download came out short, and what was let through in the end. */
type Shortage = { count: number; acceptedAmount: number };

/**
 * Tells a download that was cut off from results that are simply fewer than expected. A body can end cleanly and too
 * early, so too little counts as cut off and should be fetched again; when it comes out short time after time, that is
 * all that the provider has, and it is let through. Else a job with one lost line could never be collected.
 */
export class ShortageWatch {
  private readonly shortages = new Map<string, Shortage>();

  /** `amount` is what arrived (lines or bytes) of the `expected` for the download named `key`. */
  isCutOff(key: string, amount: number, expected: number): boolean {
    const earlier = this.shortages.get(key);
    this.shortages.delete(key);
    if (amount >= expected) return false;
    // Let through again at once: results in two files start over with the first when the second is short.
    const isKnown = earlier !== undefined && amount >= earlier.acceptedAmount;
    const count = isKnown ? refusedDownloads + 1 : ((earlier?.count ?? 0) % (refusedDownloads + 1)) + 1;
    const isCutOff = count <= refusedDownloads;
    this.shortages.set(key, { count, acceptedAmount: isCutOff ? Number.POSITIVE_INFINITY : amount });
    this.forgetOldest();
    return isCutOff;
  }

  private forgetOldest(): void {
    if (this.shortages.size <= rememberedDownloads) return;
    const [oldest] = this.shortages.keys();
    if (oldest !== undefined) this.shortages.delete(oldest);
  }
}
