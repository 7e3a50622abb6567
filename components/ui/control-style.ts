/** 16 px on touch screens, so that phones do not zoom in. */
const shape =
  "rounded border bg-panel px-2.5 text-ink placeholder:text-muted any-pointer-coarse:text-[1rem] " +
  "focus-visible:outline-2 focus-visible:-outline-offset-1 focus-visible:outline-accent " +
  "disabled:cursor-not-allowed disabled:opacity-60 aria-invalid:border-failed";

/** The look that inputs, text areas and selects share; height and width are the caller's. */
export const controlStyle = `${shape} border-control text-base`;
export const smallControlStyle = `${shape} border-control text-small`;

/** A control beside others that its surroundings make out as one: filters, switches of a chart. */
export const quietControlStyle = `${shape} border-line text-base`;
export const smallQuietControlStyle = `${shape} border-line text-small`;
