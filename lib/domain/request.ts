/** One line of a job's input. `customId` matches it to its result. */
export type BatchRequest = {
  customId: string;
  prompt: string;
};

/** Output tokens a single request may spend unless a lane says otherwise. */
export const defaultMaxOutputTokens = 1024;
