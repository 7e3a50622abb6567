import * as z from "zod/mini";

/** What changed, for open pages; they read the new state themselves. At most `maxJobIds` ids travel in one event. */
export const liveEventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("jobs.changed"), jobIds: z.array(z.string()), jobSetIds: z.array(z.string()) }),
  z.object({ type: z.literal("sets.changed"), jobSetIds: z.array(z.string()) }),
  /** Some events may have been missed: everything shown should be read again. */
  z.object({ type: z.literal("resync") }),
]);

export type LiveEvent = z.infer<typeof liveEventSchema>;

export const maxJobIdsPerEvent = 100;
