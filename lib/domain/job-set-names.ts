import * as z from "zod/mini";

/** What a choice among job sets shows. */
export const jobSetNamesSchema = z.array(z.object({ id: z.string(), name: z.string() }));
export type JobSetName = z.infer<typeof jobSetNamesSchema>[number];
