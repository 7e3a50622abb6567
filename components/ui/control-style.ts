/** The look that inputs, text areas and selects share. 16 px on touch screens, so that phones do not zoom in. */
export const controlStyle =
  "w-full rounded border border-control bg-panel px-2.5 text-base text-ink placeholder:text-muted any-pointer-coarse:text-[1rem] " +
  "focus-visible:outline-2 focus-visible:-outline-offset-1 focus-visible:outline-accent " +
  "disabled:cursor-not-allowed disabled:opacity-60 data-disabled:cursor-not-allowed data-disabled:opacity-60 " +
  "data-invalid:border-failed aria-invalid:border-failed";
