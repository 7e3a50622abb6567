const refusedDownloads = 3;
const rememberedDownloads = 1000;

/**
 * Tells a download that was cut off from results that are simply fewer than expected. A body can end cleanly and too
 * early, so too little counts as cut off and should be fetched again; when it comes out short time after time, that is
 * all that the provider has, and it is let through. Else a job with one lost line could never be collected.
 */
export class ShortageWatch {
  private readonly shortDownloads = new Map<string, number>();

  /** `amount` is what arrived (lines or bytes) of the `expected` for the download named `key`. */
  isCutOff(key: string, amount: number, expected: number): boolean {
    const count = (this.shortDownloads.get(key) ?? 0) + 1;
    this.shortDownloads.delete(key);
    if (amount >= expected || count > refusedDownloads) return false;
    this.shortDownloads.set(key, count);
    this.forgetOldest();
    return true;
  }

  private forgetOldest(): void {
    if (this.shortDownloads.size <= rememberedDownloads) return;
    const [oldest] = this.shortDownloads.keys();
    if (oldest !== undefined) this.shortDownloads.delete(oldest);
  }
}
