export const jobSteps = ["submit", "poll", "collect", "done"] as const;
/** Launched here, found at the provider and adopted, or imported from a report file. */
export const jobOrigins = ["launched", "adopted", "imported"] as const;
export const jobTasks = ["text"] as const;

/** What a job waits for next: the step of launch → submit → poll → collect that is due, or `done`. */
export type JobStep = (typeof jobSteps)[number];
export type JobOrigin = (typeof jobOrigins)[number];
export type JobTask = (typeof jobTasks)[number];

export const taskLabels: Record<JobTask, string> = { text: "Text generation" };
