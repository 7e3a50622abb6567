/**
 * Waves of launches: the clock (UTC) is cut into equal stretches of some minutes, and only stretches in which every
 * group launched a job are compared, so that all groups met the same hour, weekday and load.
 */
export class PairedWaves {
  readonly #waveSeconds: number;
  readonly #groupsOf = new Map<number, Set<string>>();
  readonly #groups = new Set<string>();
  readonly #paired = new Set<number>();

  constructor(waveMinutes: number) {
    this.#waveSeconds = waveMinutes * 60;
  }

  /** Notes that a group launched a job at that moment. */
  note(groupKey: string, launchedAtSeconds: number): void {
    const wave = this.#numberOf(launchedAtSeconds);
    this.#groups.add(groupKey);
    const groups = this.#groupsOf.get(wave);
    if (groups) groups.add(groupKey);
    else this.#groupsOf.set(wave, new Set([groupKey]));
  }

  /** To be called once all launches are noted. */
  close(): void {
    for (const [wave, groups] of this.#groupsOf) {
      if (groups.size === this.#groups.size) this.#paired.add(wave);
    }
    this.#groupsOf.clear();
  }

  get pairedCount(): number {
    return this.#paired.size;
  }

  /** The number of the wave in which a job was launched; null when a group is missing in it. */
  waveOf(launchedAtSeconds: number): number | null {
    const wave = this.#numberOf(launchedAtSeconds);
    return this.#paired.has(wave) ? wave : null;
  }

  #numberOf(launchedAtSeconds: number): number {
    return Math.floor(launchedAtSeconds / this.#waveSeconds);
  }
}
