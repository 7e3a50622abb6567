/** The only source of the present time. Injected everywhere, so that tests hold time still and move it by hand. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = {
  now: () => new Date(),
};
