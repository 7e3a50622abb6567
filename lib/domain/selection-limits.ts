/** How many jobs one selection names; by a filter it can mean any number. */
export const selectionLimits = { jobIds: 10_000, exceptIds: 1_000 } as const;
